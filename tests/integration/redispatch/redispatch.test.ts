import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BatchItem } from "@/lib/api/schemas/redispatches";
import type { RecordedCall } from "@/tests/support/create-test-project";
import { waitFor } from "@/tests/support/wait-for";
import { QUEUES, RetryStage } from "./retry-stage";
import { makeVariedCalls, type VariedCall } from "./varied-calls";

const TASK = "test_project.tasks.flaky";
const FAILED = { state: ["FAILURE"], name: [TASK] };
const COUNT = 200;

/** 200 failed tasks, what each was called with, and what must become of it. */
interface FailedTasks {
  readonly calls: ReadonlyMap<string, VariedCall>;
  readonly received: ReadonlyMap<string, RecordedCall>;
}

async function failTasks(stage: RetryStage, withBytes: boolean): Promise<FailedTasks> {
  stage.project.setOutage(true);
  const calls = makeVariedCalls(COUNT, { task: TASK, queues: QUEUES, withBytes });
  const ids = await stage.project.send(calls.map(({ call }) => call));
  await waitFor(async () => (await stage.countTasks(FAILED)) === COUNT, {
    timeoutMs: 60_000,
    what: "200 failed tasks",
  });
  const received = new Map(stage.project.listRecordedCalls().map((call) => [call.id, call]));
  expect(received.size).toBe(COUNT);
  stage.project.setOutage(false);
  return { calls: new Map(ids.map((id, index) => [id, calls[index] ?? fail(id)])), received };
}

function fail(what: string): never {
  throw new Error(`nothing is known of ${what}`);
}

/** Checks that the worker received each sent task once, exactly as the first time, under its new id. */
function expectSameCalls(stage: RetryStage, { received }: FailedTasks, items: readonly BatchItem[]): void {
  const all = stage.project.listRecordedCalls();
  for (const { originalId, newId } of items) {
    expect(newId).not.toBe(originalId);
    const first = received.get(originalId) ?? fail(originalId);
    const again = all.filter((call) => call.id === newId);
    expect(again).toEqual([{ ...first, id: newId, rootId: newId, parentId: null }]);
  }
}

function sentOf(items: readonly BatchItem[]): readonly BatchItem[] {
  return items.filter((item) => item.status === "sent");
}

/** Previews and sends what the filter matches; returns the batch's items when all that was sent has succeeded. */
async function redispatch(stage: RetryStage, choices: { confirmTyped?: boolean } = {}) {
  const preview = await stage.preview(FAILED, choices);
  const id = await stage.create(FAILED, preview.snapshot, choices);
  const batch = await stage.until(id, ({ state, dispatched, outcomes }) => {
    return state === "done" && outcomes.succeeded === dispatched;
  });
  return { preview, batch, items: await stage.listItems(id) };
}

describe.each([
  { set: "oldest", readsTyped: false },
  { set: "newest", readsTyped: true },
] as const)("tasks that failed on the $set Celery are sent again over HTTP", ({ set, readsTyped }) => {
  let stage: RetryStage;
  let failed: FailedTasks;
  beforeAll(async () => {
    stage = await RetryStage.open(set);
    failed = await failTasks(stage, readsTyped);
  });
  afterAll(() => stage?.close());

  function idsThat(survival: VariedCall["survival"]): string[] {
    return [...failed.calls].filter(([, call]) => call.survival === survival).map(([id]) => id);
  }

  test("each arrives exactly as the first time, or is blocked with the reason", async () => {
    const { preview, batch, items } = await redispatch(stage);
    expect(preview).toMatchObject({ total: COUNT, ready: idsThat("ready").length });
    expect(new Map(preview.blocked.map(({ reason, count }) => [reason, count]))).toEqual(
      new Map([
        ["lossy-args", idsThat("lossy-args").length],
        ["typed-args", idsThat("typed-args").length],
      ]),
    );
    expect(batch).toMatchObject({ total: COUNT, dispatched: preview.ready, failed: 0, error: null });
    expect(new Set(sentOf(items).map((item) => item.originalId))).toEqual(new Set(idsThat("ready")));
    const reasons = items
      .filter((item) => item.status === "skipped")
      .map((item) => [item.originalId, item.reason]);
    expect(new Map(reasons as [string, string][])).toEqual(
      new Map(
        [...failed.calls]
          .filter(([, call]) => call.survival !== "ready")
          .map(([id, call]) => [id, call.survival]),
      ),
    );
    expectSameCalls(stage, failed, sentOf(items));
    expect(stage.project.listRecordedCalls()).toHaveLength(COUNT + preview.ready);
  });

  test(`typed values ${readsTyped ? "arrive when they are confirmed" : "stay blocked: this worker can't read them"}`, async () => {
    const { preview, items } = await redispatch(stage, { confirmTyped: true });
    const typed = idsThat("typed-args");
    expect(preview.ready).toBe(readsTyped ? typed.length : 0);
    expect(new Set(sentOf(items).map((item) => item.originalId))).toEqual(new Set(readsTyped ? typed : []));
    expectSameCalls(stage, failed, sentOf(items));
  });

  test("a second re-dispatch of the same filter sends nothing", async () => {
    const before = stage.project.listRecordedCalls().length;
    const { preview, batch } = await redispatch(stage);
    expect(preview).toMatchObject({ total: COUNT, ready: 0 });
    expect(batch).toMatchObject({ total: COUNT, dispatched: 0, skipped: COUNT });
    expect(stage.project.listRecordedCalls()).toHaveLength(before);
    await expect(stage.create(FAILED, preview.snapshot)).rejects.toThrow("409");
    for (const move of ["pause", "resume", "cancel"] as const) {
      await expect(stage.move(batch.id, move)).rejects.toThrow(/409: .*The batch is done/);
    }
  });
});

describe("tasks of protocol 1", () => {
  let stage: RetryStage;
  beforeAll(async () => {
    stage = await RetryStage.open("newest", { taskProtocol: 1 });
  });
  afterAll(() => stage?.close());

  test("arrive exactly as the first time, and none is blocked", async () => {
    const failed = await failTasks(stage, true);
    const { preview, items } = await redispatch(stage);
    expect(preview).toMatchObject({ total: COUNT, ready: COUNT, blocked: [] });
    expect(sentOf(items)).toHaveLength(COUNT);
    expectSameCalls(stage, failed, items);
  });
});

describe("a collector that is killed in the middle of a batch", () => {
  const MANY = 400;
  let stage: RetryStage;
  beforeAll(async () => {
    stage = await RetryStage.open("newest");
  });
  afterAll(() => stage?.close());

  test("is replaced, and each new task is received exactly once", async () => {
    stage.project.setOutage(true);
    await stage.project.send(
      Array.from({ length: MANY }, (_, index) => ({ task: TASK, args: `(${index},)` })),
    );
    await waitFor(async () => (await stage.countTasks(FAILED)) === MANY, {
      timeoutMs: 120_000,
      what: "the failures",
    });
    stage.project.setOutage(false);
    const preview = await stage.preview(FAILED);
    const id = await stage.create(FAILED, preview.snapshot, { ratePerSecond: 100 });
    for (const reached of [80, 220]) {
      await stage.until(id, (batch) => batch.dispatched >= reached);
      await stage.killCollector();
    }
    await stage.until(id, ({ state, outcomes }) => state === "done" && outcomes.succeeded === MANY, 120_000);
    const items = await stage.listItems(id);
    expect(sentOf(items)).toHaveLength(MANY);
    const received = stage.project
      .listRecordedCalls()
      .slice(MANY)
      .map((call) => call.id);
    expect(received.toSorted()).toEqual(items.map((item) => item.newId).toSorted());
  });
});
