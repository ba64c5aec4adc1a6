import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { abandonChunk, beginChunk, settleChunk } from "@/lib/store/batch-chunks";
import { listWaitingItems } from "@/lib/store/batch-items";
import { claimBatch, releaseBatch } from "@/lib/store/batch-lease";
import { getBatch, moveBatch } from "@/lib/store/batches";
import { listRedispatches } from "@/lib/store/redispatch-links";
import type { Store } from "@/lib/store/store";
import { BatchStage, LEASE_MS } from "./batch-stage";
import { makeDraft, makeItem, start as startBatch } from "./make-draft";
import { STORE_DATABASES } from "./open-stores";

describe.each(STORE_DATABASES)("chunks of batches on %s", (_provider, startDatabase) => {
  let stage: BatchStage;
  let store: Store;
  beforeAll(async () => {
    stage = await BatchStage.open(startDatabase);
    store = stage.store;
  });
  beforeEach(() => stage.clear());
  afterAll(() => stage?.close());

  test("a chunk is claimed, sent and counted", async () => {
    const { id, items, hold } = await stage.holdBatch();
    const drop = [{ position: 1, status: "skipped" as const, reason: "changed" }];
    expect(await beginChunk(store, hold, { end: 2, count: 1, drop })).toEqual(new Set());
    expect(await getBatch(store, id)).toMatchObject({ chunkEnd: 2, position: 0, skipped: 1, dispatched: 0 });
    expect((await listRedispatches(store, ["task-0"])).get("task-0")).toHaveLength(1);
    expect((await stage.list(id)).map(({ status }) => status)).toEqual(["waiting", "skipped", "waiting"]);
    expect(await settleChunk(store, hold)).toBe(true);
    expect(await settleChunk(store, hold)).toBe(false);
    expect(await getBatch(store, id)).toMatchObject({
      state: "running",
      position: 2,
      chunkEnd: null,
      dispatched: 1,
      skipped: 1,
      outcomes: { pending: 1, succeeded: 0, failed: 0 },
      finishedAt: null,
    });
    const waiting = await listWaitingItems(store, id, { from: 0, end: 3 });
    expect(waiting.map((item) => item.newId)).toEqual([items[0]?.newId, items[2]?.newId]);
    expect((await stage.list(id)).map(({ status, outcome }) => [status, outcome])).toEqual([
      ["sent", "pending"],
      ["skipped", null],
      ["waiting", null],
    ]);
    await beginChunk(store, hold, {
      end: 3,
      count: 0,
      drop: [{ position: 2, status: "failed", reason: "args: no" }],
    });
    await settleChunk(store, hold);
    const done = await getBatch(store, id);
    expect(done).toMatchObject({ state: "done", dispatched: 1, skipped: 1, failed: 1 });
    expect(done?.finishedAt).toBeGreaterThan(0);
    expect(await claimBatch(store, "two", LEASE_MS)).toBeNull();
  });

  test("of a chunk some may not have arrived: they fail, and only those that surely did not are free again", async () => {
    const { id, hold } = await stage.holdBatch();
    await beginChunk(store, hold, { end: 3, count: 3, drop: [] });
    const settled = await settleChunk(store, hold, [
      { position: 0, status: "failed", reason: "no queue" },
      { position: 2, status: "doubtful", reason: "the connection broke" },
    ]);
    expect(settled).toBe(true);
    const batch = await getBatch(store, id);
    expect(batch).toMatchObject({ state: "done", dispatched: 1, failed: 2, doubtful: 1, position: 3 });
    expect(batch?.outcomes).toEqual({ pending: 1, succeeded: 0, failed: 0 });
    expect((await stage.list(id)).map(({ status, reason }) => [status, reason])).toEqual([
      ["failed", "no queue"],
      ["sent", null],
      ["doubtful", "the connection broke"],
    ]);
    expect((await stage.list(id, { status: "failed" })).map(({ position }) => position)).toEqual([0, 2]);
    expect((await stage.list(id, { outcome: "pending" })).map(({ position }) => position)).toEqual([1]);
    const links = await listRedispatches(store, ["task-0", "task-1", "task-2"]);
    expect([...links.keys()].sort()).toEqual(["task-1", "task-2"]);
  });

  test("a task that two batches hold is claimed by one, even at the same moment", async () => {
    const originals = Array.from({ length: 40 }, (_, position) => `shared-${position}`);
    const make = (ids: string[]) => ids.map((originalId, position) => makeItem(position, { originalId }));
    const first = await makeDraft(store, make(originals));
    const second = await makeDraft(store, make([...originals].reverse()));
    const begun = await Promise.all(
      [first, second].map(async (id) => {
        await startBatch(store, id);
        const lease = `lease of ${id}`;
        await store.client.batch.update({
          where: { id },
          data: { leaseOwner: lease, leaseUntil: BigInt(Date.now() + LEASE_MS) },
        });
        const hold = { batchId: id, lease, leaseMs: LEASE_MS };
        const lost = await beginChunk(store, hold, { end: 40, count: 40, drop: [] });
        await settleChunk(store, hold);
        return 40 - (lost?.size ?? 40);
      }),
    );
    expect(begun.reduce((sum, count) => sum + count, 0)).toBe(40);
    const batches = await Promise.all([getBatch(store, first), getBatch(store, second)]);
    expect(batches.map((batch) => (batch?.dispatched ?? 0) + (batch?.skipped ?? 0))).toEqual([40, 40]);
    expect(await store.client.redispatch.count()).toBe(40);
    const lost = await store.client.batchItem.findMany({ where: { status: "skipped" } });
    expect(new Set(lost.map((item) => item.reason))).toEqual(new Set(["already-redispatched"]));
  });

  test("who lost the lease, or was paused, writes nothing", async () => {
    const { id, hold } = await stage.holdBatch();
    await stage.age(id, "leaseUntil", 1_000);
    expect(await claimBatch(store, "two", LEASE_MS)).toBe(id);
    expect(await beginChunk(store, hold, { end: 3, count: 3, drop: [] })).toBeNull();
    const other = { ...hold, lease: "two" };
    expect((await moveBatch(store, id, "pause"))?.moved).toBe(true);
    expect(await beginChunk(store, other, { end: 3, count: 3, drop: [] })).toBeNull();
    expect(await store.client.redispatch.count()).toBe(0);
    expect((await moveBatch(store, id, "resume"))?.moved).toBe(true);
    expect((await beginChunk(store, other, { end: 3, count: 3, drop: [] }))?.size).toBe(0);
    expect(await settleChunk(store, hold)).toBe(false);
    expect(await settleChunk(store, other)).toBe(true);
  });

  test("a crash within a chunk leaves it to the next owner, who keeps its claims or gives them up", async () => {
    const { id, hold } = await stage.holdBatch();
    await beginChunk(store, hold, { end: 3, count: 3, drop: [] });
    await stage.age(id, "leaseUntil", 1_000);
    const next = { ...hold, lease: "two" };
    expect(await claimBatch(store, "two", LEASE_MS)).toBe(id);
    expect((await beginChunk(store, next, { end: 3, count: 3, drop: [] }))?.size).toBe(0);
    await moveBatch(store, id, "cancel");
    await releaseBatch(store, id, "two");
    expect(await claimBatch(store, "three", LEASE_MS)).toBe(id);
    await abandonChunk(store, { ...hold, lease: "three" });
    expect(await store.client.redispatch.count()).toBe(0);
    await releaseBatch(store, id, "three");
    expect(await claimBatch(store, "four", LEASE_MS)).toBeNull();
  });

  test("what a cancelled batch did not come to reads as skipped", async () => {
    const { id, hold } = await stage.holdBatch();
    await beginChunk(store, hold, { end: 1, count: 1, drop: [] });
    expect((await moveBatch(store, id, "cancel"))?.batch.state).toBe("cancelled");
    expect(await settleChunk(store, hold)).toBe(true);
    expect(await getBatch(store, id)).toMatchObject({
      state: "cancelled",
      dispatched: 1,
      skipped: 2,
      failed: 0,
    });
    const skipped = await stage.list(id, { status: "skipped" });
    expect(skipped.map((item) => [item.position, item.status, item.reason])).toEqual([
      [1, "skipped", "cancelled"],
      [2, "skipped", "cancelled"],
    ]);
    expect(await stage.list(id, { status: "waiting" })).toEqual([]);
  });
});
