import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countTaskHistory } from "@/lib/history/count-task-history";
import { readHistoryQuery } from "@/lib/history/read-history-query";
import { getPreviewTask } from "@/lib/redispatch/get-preview-task";
import type { NameGroup } from "@/lib/redispatch/plan-summary";
import { deleteExpiredDraft } from "@/lib/store/batch-drafts";
import { listBatchItems } from "@/lib/store/batch-items";
import { getBatch } from "@/lib/store/batches";
import { saveBrokerSample } from "@/lib/store/queues";
import { upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "@/tests/contract/store/make-task";
import { describePreviewTasks } from "./describe-preview-tasks";
import { FAILED, failed, MANY, ROWS } from "./failed-rows";
import { PreviewStage } from "./preview-stage";

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

  describePreviewTasks(() => stage);
});

function bySizeAndName(one: NameGroup, other: NameGroup): number {
  const sizeOf = ({ count, blocked }: NameGroup) => count + blocked;
  return sizeOf(other) - sizeOf(one) || one.name.localeCompare(other.name);
}
