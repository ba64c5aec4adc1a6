import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { countTaskHistory } from "@/lib/history/count-task-history";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import { getPreviewTask } from "@/lib/redispatch/get-preview-task";
import type { NameGroup } from "@/lib/redispatch/plan-summary";
import { previewPatch } from "@/lib/redispatch/preview-patch";
import { readPatch } from "@/lib/redispatch/read-patches";
import { deleteExpiredDraft } from "@/lib/store/batch-drafts";
import { listBatchItems } from "@/lib/store/batch-items";
import { getBatch } from "@/lib/store/batches";
import { listBlockedItems } from "@/lib/store/draft-items";
import { saveBrokerSample } from "@/lib/store/queues";
import { upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "@/tests/contract/store/make-task";
import type { TableRow } from "../results/table-rows";
import { PreviewStage } from "./preview-stage";

const FAILED = { state: ["FAILURE"] };
/** Beyond two chunks of the walk. */
const MANY = 2_100;
/** Longer than what a list reads of a row. */
const LONG = 20_000;

function failed(id: string, part: Partial<TableRow> = {}): TableRow {
  return {
    task_id: id,
    status: "FAILURE",
    content_type: "application/json",
    content_encoding: "utf-8",
    task_name: "shop.pay",
    worker: "w@box",
    task_args: JSON.stringify("(1,)"),
    task_kwargs: JSON.stringify("{'amount': 1.50, 'who': 'é'}"),
    result: JSON.stringify({ exc_type: "Refused", exc_message: [`order ${id} refused`], exc_module: "shop" }),
    date_done: "2026-03-01T10:00:00.000001+00:00",
    ...part,
  } as TableRow;
}

const ROWS: readonly TableRow[] = [
  ...Array.from({ length: MANY }, (_, index) => failed(`many-${index}`)),
  ...Array.from({ length: 4 }, (_, index) =>
    failed(`lossy-${index}`, {
      task_name: "shop.mail",
      task_args: JSON.stringify("('abc...',)"),
      result: JSON.stringify({ exc_type: "Lost", exc_message: ["gone"], exc_module: "shop" }),
    }),
  ),
  failed("long", {
    task_args: JSON.stringify(`('${"x".repeat(LONG)}', 'end')`),
    task_name: "other.long",
  }),
  failed("long-lossy", {
    task_args: JSON.stringify(`('${"x".repeat(LONG)}', ...`),
    task_name: "other.long",
  }),
  failed("conflict", { task_kwargs: JSON.stringify("{'amount': 1, 'total': 2}") }),
  failed("without", { task_kwargs: JSON.stringify("{'who': 'x'}") }),
  failed("bare", { task_name: null, task_args: null, task_kwargs: null, worker: null, result: null }),
  failed("unknown", { task_args: null, result: "not an error" }),
  failed("typed", { task_args: JSON.stringify("(Decimal('1.5'),)") }),
  failed("done", { status: "SUCCESS", result: "null" }),
];

describe.each(["sqlite", "postgresql"] as const)("a preview on %s", (provider) => {
  let stage: PreviewStage;
  beforeAll(async () => {
    stage = await PreviewStage.open(provider, ROWS);
    await upsertTasks(stage.store, [
      makeTask({ id: "lossy-0", state: "FAILURE", name: "shop.mail", queue: "told", rootId: "chain" }),
      makeTask({
        id: "bare",
        state: "FAILURE",
        name: "shop.told",
        queue: "told",
        args: "(2,)",
        exception: "Refused('order 77 refused')",
      }),
    ]);
  });
  afterAll(() => stage.close());

  test("counts exactly what the filter matches by name, by queue and by kind of error", async () => {
    const { summary, warnings } = await stage.preview({ filter: FAILED });
    const count = await countTaskHistory(stage, readHistoryQuery(FAILED, stage));
    expect(count).toEqual({ count: MANY + 11, exact: true });
    expect(summary).toMatchObject({ total: count.count, ready: MANY + 4, otherErrors: 0 });
    // Those of one size come in any order.
    expect([...summary.byName].sort(bySizeAndName)).toEqual([
      { name: "shop.pay", queue: "routed", rule: "route", count: MANY + 2, blocked: 2 },
      { name: "shop.mail", queue: "routed", rule: "route", count: 0, blocked: 3 },
      { name: "other.long", queue: "celery", rule: "default", count: 1, blocked: 1 },
      { name: "shop.mail", queue: "told", rule: "task-event", count: 0, blocked: 1 },
      { name: "shop.told", queue: "told", rule: "task-event", count: 1, blocked: 0 },
    ]);
    expect(summary.byQueue).toHaveLength(3);
    expect(summary.byQueue).toEqual(
      expect.arrayContaining([
        { queue: "routed", count: MANY + 7, ready: MANY + 2 },
        { queue: "celery", count: 2, ready: 1 },
        { queue: "told", count: 2, ready: 1 },
      ]),
    );
    expect(summary.byError).toMatchObject([
      // The one that only events told falls together with those of rows.
      { exceptionType: "shop.Refused", message: "order many-<number> refused", count: MANY },
      { exceptionType: "shop.Lost", message: "gone", count: 4, ready: 0, exampleId: "lossy-3" },
      { count: 1 },
      { count: 1 },
      { count: 1 },
      { count: 1 },
      { count: 1 },
      { count: 1 },
      { count: 1 },
    ]);
    expect(summary.byError.map(({ message }) => message)).toEqual(
      expect.arrayContaining(["order <number> refused", "order conflict refused", ""]),
    );
    expect(summary.blocked).toEqual([
      { reason: "lossy-args", count: 5, exampleIds: expect.arrayContaining(["long-lossy", "lossy-3"]) },
      { reason: "typed-args", count: 1, exampleIds: ["typed"] },
      { reason: "unknown-args", count: 1, exampleIds: ["unknown"] },
    ]);
    expect(warnings).toEqual(expect.arrayContaining([expect.stringContaining("No worker is online")]));
  });

  test("plans ids as it plans a filter, in the order that they were given in", async () => {
    const ids = [
      "typed",
      "nobody",
      "done",
      "long",
      "long",
      ...ROWS.slice(0, 1_500).map((row) => row.task_id),
    ];
    const { summary, snapshot } = await stage.preview({ ids }, { queue: "repair" });
    expect(summary).toMatchObject({ total: 1_504, ready: 1_502, succeededBefore: 1 });
    expect(summary.blocked).toMatchObject([
      { reason: "typed-args", exampleIds: ["typed"] },
      { reason: "gone", exampleIds: ["nobody"] },
    ]);
    expect(summary.byQueue).toEqual([{ queue: "repair", count: 1_503, ready: 1_502 }]);
    const batch = { id: snapshot, state: "draft", position: 0 } as const;
    const items = await listBatchItems(stage.store, batch, {}, { limit: 5_000, afterPosition: -1 });
    expect(items.map((item) => item.originalId)).toEqual([...new Set(ids)]);
    expect(new Set(items.map((item) => item.newId)).size).toBe(1_504);
  });

  test("is frozen: what appears later is not in it", async () => {
    const { snapshot, summary } = await stage.preview({ filter: { ...FAILED, name: ["shop.mail"] } });
    expect(summary.total).toBe(4);
    await stage.write([failed("late", { task_name: "shop.mail" })]);
    await stage.start(snapshot);
    expect(await getBatch(stage.store, snapshot)).toMatchObject({ total: 4, skipped: 4 });
    await expect(getPreviewTask(stage, snapshot, "late")).rejects.toMatchObject({ code: "not_found" });
  });

  test("tells how far it is, and can be given up: then nothing can be started of it", async () => {
    const seen: number[] = [];
    const giveUp = new AbortController();
    const closed = new Error("the dialog was closed");
    const preview = stage.preview(
      { filter: FAILED },
      {},
      {
        signal: giveUp.signal,
        onProgress: ({ total }) => {
          seen.push(total);
          giveUp.abort(closed);
        },
      },
    );
    await expect(preview).rejects.toBe(closed);
    expect(seen).toEqual([1_000]);
    const drafts = await stage.store.client.batch.findMany({ where: { createdAt: 0 } });
    expect(drafts).toHaveLength(1);
    const [draft] = drafts;
    await expect(stage.start(draft?.id ?? "")).rejects.toMatchObject({ code: "unprocessable" });
    while (await deleteExpiredDraft(stage.store, 5_000));
    expect(await stage.store.client.batchItem.count({ where: { batchId: draft?.id ?? "" } })).toBe(0);
  });

  test("lists what one reason blocks, page after page", async () => {
    const { snapshot } = await stage.preview({ filter: FAILED });
    const list = async (afterPosition: number) =>
      listBlockedItems(stage.store, snapshot, { reason: "lossy-args", afterPosition, limit: 3 });
    const first = await list(-1);
    const second = await list(first.at(-1)?.position ?? 0);
    expect([first.length, second.length]).toEqual([3, 2]);
    const ids = new Set([...first, ...second].map(({ originalId }) => originalId));
    expect(ids.size).toBe(5);
    expect(ids).toContain("long-lossy");
    expect(
      await listBlockedItems(stage.store, "gone", { reason: "lossy-args", afterPosition: -1, limit: 3 }),
    ).toEqual([]);
  });

  test("warns of a queue that is backed up now", async () => {
    const queue = {
      ...{ name: "routed", depth: 5_000, unacked: 0, consumers: 1, byPriority: null },
      ...{ oldestWaitingSeconds: 600, oldestWaitingIsMinimum: false },
      ...{ publishPerSecond: null, ackPerSecond: null, source: "redis" as const },
    };
    const look = { at: Date.now(), unackedTotal: null, oldestUnackedAt: null, queues: [queue] };
    await saveBrokerSample(stage.store, look);
    const { warnings, queues } = await stage.preview({ ids: ["without"] });
    expect(warnings).toContain(
      "The queue routed is backed up: 5,000 messages wait in it, the oldest for 10 minutes. " +
        "1 task more will wait behind them: choose a rate that it can take.",
    );
    expect(queues.get("routed")).toMatchObject({ depth: 5_000 });
    await saveBrokerSample(stage.store, { ...look, at: Date.now() - 61_000 });
    const { warnings: later } = await stage.preview({ ids: ["without"] });
    expect(later.join()).not.toContain("backed up");
  });

  test("a patch is tried on the ready rows of its name", async () => {
    const { snapshot } = await stage.preview({ filter: { ...FAILED, name: ["shop.pay", "shop.mail"] } });
    const patch = readPatch({ set: {}, rename: { amount: "total" }, remove: [] }, "patch");
    await stage.store.client.batchItem.updateMany({
      where: { batchId: snapshot, originalId: "many-7" },
      data: { fingerprint: "FAILURE@1" },
    });
    const preview = await previewPatch(stage, { snapshot, name: "shop.pay" }, patch);
    expect(preview).toMatchObject({ ready: MANY + 2, changed: MANY - 1, unchanged: 1, stale: 1 });
    expect(preview.conflicts).toEqual(new Map([["total", { count: 1, exampleIds: ["conflict"] }]]));
    expect(preview.examples).toHaveLength(5);
    const [example] = preview.examples;
    expect(example && [example.before, example.after].map(writeWireJson)).toEqual([
      '{"amount": 1.50, "who": "é"}',
      '{"total": 1.50, "who": "é"}',
    ]);
    const blocked = await previewPatch(stage, { snapshot, name: "shop.mail" }, patch);
    expect(blocked).toMatchObject({ ready: 1, changed: 1 });
    const gone = await previewPatch(stage, { snapshot: "no-such", name: "shop.pay" }, patch);
    expect(gone).toMatchObject({ ready: 0, changed: 0 });
  });

  test("one task of it is told with what is stored of its args, and why it is blocked", async () => {
    const { snapshot } = await stage.preview({ ids: ["lossy-1", "bare", "nobody"] });
    expect(await getPreviewTask(stage, snapshot, "lossy-1")).toMatchObject({
      task: { originalId: "lossy-1", name: "shop.mail", queue: "routed", reason: "lossy-args" },
      args: { args: "('abc...',)", argsClass: "lossy", reason: expect.stringContaining("may have cut it") },
    });
    expect(await getPreviewTask(stage, snapshot, "bare")).toMatchObject({
      task: { name: "shop.told", reason: null },
      args: { args: "(2,)", argsClass: "safe" },
    });
    expect(await getPreviewTask(stage, snapshot, "nobody")).toMatchObject({
      task: { name: null, reason: "gone" },
      args: { args: null, argsClass: "unknown" },
    });
    await expect(getPreviewTask(stage, snapshot, "done")).rejects.toMatchObject({ code: "not_found" });
  });

  test("what is changed of the args is on record with the batch", async () => {
    const { snapshot } = await stage.preview({ ids: ["without"] });
    const patches = [{ name: "shop.pay", set: { n: "1.0" }, rename: { a: "b" }, remove: ["c"] }];
    await stage.start(snapshot, { patches, changes: ["shop.pay: a renamed to b"] });
    expect((await getBatch(stage.store, snapshot))?.options).toMatchObject({
      patches,
      changes: ["shop.pay: a renamed to b"],
    });
    const other = await stage.preview({ ids: ["without"] }, { includeRedispatched: true });
    const wrong = stage.start(other.snapshot, { patches: [{ ...patches[0], set: { n: "***" } } as never] });
    await expect(wrong).rejects.toMatchObject({ code: "bad_request" });
    expect((await getBatch(stage.store, other.snapshot))?.state).toBe("draft");
  });
});

function bySizeAndName(one: NameGroup, other: NameGroup): number {
  const sizeOf = ({ count, blocked }: NameGroup) => count + blocked;
  return sizeOf(other) - sizeOf(one) || one.name.localeCompare(other.name);
}
