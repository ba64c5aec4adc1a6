import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { abandonChunk, beginChunk, settleChunk } from "@/lib/store/batch-chunks";
import { addDraftItems, deleteExpiredDraft, sealDraft } from "@/lib/store/batch-drafts";
import type { BatchHold } from "@/lib/store/batch-hold";
import { type BatchItemFilter, listBatchItems, listWaitingItems } from "@/lib/store/batch-items";
import { claimBatch, releaseBatch, renewBatchLease } from "@/lib/store/batch-lease";
import { listFollowedBatches, listPendingItems, saveOutcomes } from "@/lib/store/batch-outcomes";
import { failBatch, getBatch, listBatches, moveBatch, setBatchError } from "@/lib/store/batches";
import { openStore } from "@/lib/store/open-store";
import { findOriginal, listDispatches, listRedispatches } from "@/lib/store/redispatch-links";
import type { Store } from "@/lib/store/store";
import { upsertTasks } from "@/lib/store/tasks";
import { makeDraft, makeItem, start as startBatch } from "./make-draft";
import { makeTask } from "./make-task";
import { STORE_DATABASES, type StoreDatabase } from "./open-stores";

const LEASE_MS = 60_000;
const HOUR_MS = 3_600_000;

describe.each(STORE_DATABASES)("batches on %s", (_provider, startDatabase) => {
  let database: StoreDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await startDatabase();
    store = await openStore(await database.createUrl());
  });
  beforeEach(async () => {
    await store.client.redispatch.deleteMany();
    await store.client.batchItem.deleteMany();
    await store.client.batch.deleteMany();
    await store.client.task.deleteMany();
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  /** A running batch of `count` ready tasks (or of `items`) that the lease "one" holds. */
  async function holdBatch(items = Array.from({ length: 3 }, (_, position) => makeItem(position))) {
    const id = await makeDraft(store, items);
    await startBatch(store, id);
    expect(await claimBatch(store, "one", LEASE_MS)).toBe(id);
    return { id, items, hold: { batchId: id, lease: "one", leaseMs: LEASE_MS } satisfies BatchHold };
  }

  /** The batch's items of one kind. */
  async function list(id: string, filter: BatchItemFilter = {}) {
    const batch = await getBatch(store, id);
    if (batch === null) throw new Error(`there is no batch ${id}`);
    return listBatchItems(store, batch, filter, { limit: 10_000, afterPosition: -1 });
  }

  /** Moves the lease's end, or a draft's birth, into the past. */
  async function age(
    id: string,
    column: "leaseUntil" | "createdAt" | "finishedAt",
    byMs: number,
    now = Date.now(),
  ) {
    await store.client.batch.update({ where: { id }, data: { [column]: BigInt(now - byMs) } });
  }

  test("a draft is not listed, and becomes a batch once", async () => {
    const id = await makeDraft(store, [
      makeItem(0),
      makeItem(1, { status: "skipped", reason: "gone", queue: null, name: null }),
    ]);
    expect(await listBatches(store, 10, null)).toEqual([]);
    expect(await moveBatch(store, id, "pause")).toBeNull();
    await startBatch(store, id, { ratePerSecond: 2.5 });
    expect(await getBatch(store, id)).toMatchObject({
      state: "running",
      actor: "anna",
      reason: "outage",
      ratePerSecond: 2.5,
      total: 2,
      dispatched: 0,
      skipped: 1,
      failed: 0,
      outcomes: { pending: 0, succeeded: 0, failed: 0 },
      startedAt: null,
    });
    await expect(startBatch(store, id)).rejects.toMatchObject({ code: "conflict" });
    await expect(startBatch(store, "unknown")).rejects.toMatchObject({ code: "not_found" });
  });

  test("of two that start one draft at the same moment, one does", async () => {
    const id = await makeDraft(store, [makeItem(0)]);
    const starts = await Promise.allSettled([startBatch(store, id), startBatch(store, id)]);
    expect(starts.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("the start applies queue, overrides and what is unblocked", async () => {
    const id = await makeDraft(store, [
      makeItem(0),
      makeItem(1, { status: "skipped", reason: "lossy-args" }),
      makeItem(2, { status: "skipped", reason: "typed-args" }),
      makeItem(3, { status: "skipped", reason: "lossy-args" }),
    ]);
    await startBatch(store, id, {
      queue: "repair",
      unblock: ["typed-args"],
      overrides: [{ id: "task-1", args: "[1.0]", kwargs: '{"k":"\u2713 \'"}' }],
    });
    const items = await list(id);
    expect(
      items.map(({ status, reason, queue, args, kwargs }) => [status, reason, queue, args, kwargs]),
    ).toEqual([
      ["waiting", null, "repair", null, null],
      ["waiting", null, "repair", "[1.0]", '{"k":"\u2713 \'"}'],
      ["waiting", null, "repair", null, null],
      ["skipped", "lossy-args", "repair", null, null],
    ]);
    expect((await getBatch(store, id))?.skipped).toBe(1);
  });

  test("an override of a task that is not in the draft starts nothing", async () => {
    const id = await makeDraft(store, [makeItem(0)]);
    const overrides = [{ id: "another", args: "[]", kwargs: "{}" }];
    await expect(startBatch(store, id, { overrides })).rejects.toMatchObject({
      code: "unprocessable",
      message: "overrides: task another is not in this preview.",
    });
    expect((await getBatch(store, id))?.state).toBe("draft");
  });

  test("a draft ends after an hour and is deleted in pieces", async () => {
    const id = await makeDraft(
      store,
      Array.from({ length: 5 }, (_, position) => makeItem(position)),
    );
    expect(await deleteExpiredDraft(store, 2)).toBe(false);
    await age(id, "createdAt", HOUR_MS + 1_000);
    await expect(startBatch(store, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await deleteExpiredDraft(store, 2)).toBe(false);
    await age(id, "createdAt", HOUR_MS + 120_000);
    const left: number[] = [];
    while (await deleteExpiredDraft(store, 2)) left.push(await store.client.batchItem.count());
    expect(left).toEqual([3, 1, 0]);
    expect(await getBatch(store, id)).toBeNull();
  });

  test("batches are paged newest first", async () => {
    const ids: string[] = [];
    const now = Date.now();
    for (let count = 0; count < 5; count++) {
      const id = await makeDraft(store, [makeItem(0)]);
      await startBatch(store, id);
      await age(id, "createdAt", count === 3 ? 2_000 : count * 1_000, now);
      ids.push(id);
    }
    const first = await listBatches(store, 2, null);
    const last = first.at(-1);
    const second = await listBatches(store, 9, last ? { createdAt: last.createdAt, id: last.id } : null);
    expect([...first, ...second].map((batch) => batch.id).slice(0, 2)).toEqual(ids.slice(0, 2));
    expect(new Set([...first, ...second].map((batch) => batch.id))).toEqual(new Set(ids));
    expect(first.length + second.length).toBe(5);
  });

  test("one of many claims a batch, and another takes it over when the lease ends", async () => {
    const id = await makeDraft(store, [makeItem(0)]);
    await startBatch(store, id);
    const claims = await Promise.all(["a", "b", "c", "d"].map((lease) => claimBatch(store, lease, LEASE_MS)));
    expect(claims.filter((claim) => claim !== null)).toEqual([id]);
    const owner = ["a", "b", "c", "d"][claims.indexOf(id)] ?? "";
    expect(await renewBatchLease(store, id, owner, LEASE_MS)).toBe(true);
    await age(id, "leaseUntil", 1_000);
    expect(await claimBatch(store, "e", LEASE_MS)).toBe(id);
    expect(await renewBatchLease(store, id, owner, LEASE_MS)).toBe(false);
    await releaseBatch(store, id, owner);
    expect(await claimBatch(store, "f", LEASE_MS)).toBeNull();
    await releaseBatch(store, id, "e");
    expect(await claimBatch(store, "f", LEASE_MS)).toBe(id);
  });

  test("a chunk is claimed, sent and counted", async () => {
    const { id, items, hold } = await holdBatch();
    const drop = [{ position: 1, status: "skipped" as const, reason: "changed" }];
    expect(await beginChunk(store, hold, { end: 2, count: 1, drop })).toEqual(new Set());
    expect(await getBatch(store, id)).toMatchObject({ chunkEnd: 2, position: 0, skipped: 1, dispatched: 0 });
    expect((await listRedispatches(store, ["task-0"])).get("task-0")).toHaveLength(1);
    expect((await list(id)).map(({ status }) => status)).toEqual(["waiting", "skipped", "waiting"]);
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
    expect((await list(id)).map(({ status, outcome }) => [status, outcome])).toEqual([
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
    const { id, hold } = await holdBatch();
    await beginChunk(store, hold, { end: 3, count: 3, drop: [] });
    const settled = await settleChunk(store, hold, [
      { position: 0, status: "failed", reason: "no queue" },
      { position: 2, status: "doubtful", reason: "the connection broke" },
    ]);
    expect(settled).toBe(true);
    const batch = await getBatch(store, id);
    expect(batch).toMatchObject({ state: "done", dispatched: 1, failed: 2, doubtful: 1, position: 3 });
    expect(batch?.outcomes).toEqual({ pending: 1, succeeded: 0, failed: 0 });
    expect((await list(id)).map(({ status, reason }) => [status, reason])).toEqual([
      ["failed", "no queue"],
      ["sent", null],
      ["doubtful", "the connection broke"],
    ]);
    expect((await list(id, { status: "failed" })).map(({ position }) => position)).toEqual([0, 2]);
    expect((await list(id, { outcome: "pending" })).map(({ position }) => position)).toEqual([1]);
    const links = await listRedispatches(store, ["task-0", "task-1", "task-2"]);
    expect([...links.keys()].sort()).toEqual(["task-1", "task-2"]);
  });

  test("links lead both ways, the newest first", async () => {
    const first = await holdBatch([makeItem(0, { originalId: "one", newId: "one-b" })]);
    await beginChunk(store, first.hold, { end: 1, count: 1, drop: [] });
    await settleChunk(store, first.hold);
    const again = [makeItem(0, { originalId: "one", newId: "one-c", after: "one-b" })];
    const second = await holdBatch(again);
    expect(await listDispatches(store, ["one", "two"])).toEqual(new Map([["one", "one-b"]]));
    await beginChunk(store, second.hold, { end: 1, count: 1, drop: [] });
    await settleChunk(store, second.hold);
    expect(await listDispatches(store, ["one", "two"])).toEqual(new Map([["one", "one-c"]]));
    const links = await listRedispatches(store, ["one", "two"]);
    expect([...links.keys()]).toEqual(["one"]);
    expect(links.get("one")?.map((link) => [link.newId, link.batchId])).toEqual([
      ["one-c", second.id],
      ["one-b", first.id],
    ]);
    expect(await findOriginal(store, "one-b")).toMatchObject({ originalId: "one", batchId: first.id });
    expect(await findOriginal(store, "one")).toBeNull();
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
    const { id, hold } = await holdBatch();
    await age(id, "leaseUntil", 1_000);
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
    const { id, hold } = await holdBatch();
    await beginChunk(store, hold, { end: 3, count: 3, drop: [] });
    await age(id, "leaseUntil", 1_000);
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
    const { id, hold } = await holdBatch();
    await beginChunk(store, hold, { end: 1, count: 1, drop: [] });
    expect((await moveBatch(store, id, "cancel"))?.batch.state).toBe("cancelled");
    expect(await settleChunk(store, hold)).toBe(true);
    expect(await getBatch(store, id)).toMatchObject({
      state: "cancelled",
      dispatched: 1,
      skipped: 2,
      failed: 0,
    });
    const skipped = await list(id, { status: "skipped" });
    expect(skipped.map((item) => [item.position, item.status, item.reason])).toEqual([
      [1, "skipped", "cancelled"],
      [2, "skipped", "cancelled"],
    ]);
    expect(await list(id, { status: "waiting" })).toEqual([]);
  });

  test.each([
    ["pause", ["running"]],
    ["resume", ["paused", "failed"]],
    ["cancel", ["running", "paused", "failed"]],
  ] as const)("%s is allowed from %j only", async (move, allowed) => {
    const id = await makeDraft(store, [makeItem(0)]);
    await startBatch(store, id);
    for (const state of ["running", "paused", "done", "cancelled", "failed"] as const) {
      await store.client.batch.update({ where: { id }, data: { state } });
      const moved = await moveBatch(store, id, move);
      expect([state, moved?.moved]).toEqual([state, (allowed as readonly string[]).includes(state)]);
    }
    expect(await moveBatch(store, "unknown", move)).toBeNull();
  });

  test("errors are kept for the holder only, and a failed batch can be resumed", async () => {
    const { id } = await holdBatch();
    await setBatchError(store, id, "two", "not mine");
    expect((await getBatch(store, id))?.error).toBeNull();
    await setBatchError(store, id, "one", "the broker is away");
    expect((await getBatch(store, id))?.error).toBe("the broker is away");
    await failBatch(store, id, "one", "a bug");
    expect(await getBatch(store, id)).toMatchObject({ state: "failed", error: "a bug" });
    await moveBatch(store, id, "resume");
    expect(await getBatch(store, id)).toMatchObject({ state: "running", error: null, finishedAt: null });
  });

  test("outcomes are followed until all are known", async () => {
    const { id, items, hold } = await holdBatch();
    await beginChunk(store, hold, { end: 3, count: 3, drop: [] });
    expect(await listFollowedBatches(store, HOUR_MS)).toEqual([]);
    await settleChunk(store, hold);
    expect((await listFollowedBatches(store, HOUR_MS)).map((batch) => batch.id)).toEqual([id]);
    await upsertTasks(store, [makeTask({ id: items[1]?.newId ?? "", state: "FAILURE" })]);
    const batch = { id, position: 3, total: 3 };
    const pending = await listPendingItems(store, batch, -1, 2);
    expect(pending.next).toBe(1);
    expect(pending.items.map((item) => [item.position, item.newId, item.state])).toEqual([
      [0, items[0]?.newId, null],
      [1, items[1]?.newId, "FAILURE"],
    ]);
    const rest = await listPendingItems(store, batch, 1, 2);
    expect([rest.items.map((item) => item.position), rest.next]).toEqual([[2], null]);
    const ended = [
      { position: 0, outcome: "succeeded" as const, error: null },
      { position: 1, outcome: "failed" as const, error: "ValueError: no" },
    ];
    expect(await saveOutcomes(store, id, ended)).toBe(2);
    expect(await saveOutcomes(store, id, ended)).toBe(0);
    expect((await getBatch(store, id))?.outcomes).toEqual({ pending: 1, succeeded: 1, failed: 1 });
    expect((await list(id, { outcome: "failed" })).map(({ position, error }) => [position, error])).toEqual([
      [1, "ValueError: no"],
    ]);
    await age(id, "finishedAt", 2 * HOUR_MS);
    expect(await listFollowedBatches(store, HOUR_MS)).toEqual([]);
    await saveOutcomes(store, id, [{ position: 2, outcome: "succeeded", error: null }]);
    expect(await listFollowedBatches(store, 9 * HOUR_MS)).toEqual([]);
  });

  test("a hundred thousand tasks fit", async () => {
    const COUNT = 100_000;
    const items = Array.from({ length: COUNT }, (_, position) => makeItem(position));
    const id = await makeDraft(store, []);
    for (let from = 0; from < COUNT; from += 1_000) {
      await addDraftItems(store, id, items.slice(from, from + 1_000));
    }
    await sealDraft(store, id, { total: COUNT, skipped: 0 });
    await startBatch(store, id, { queue: "repair" });
    await claimBatch(store, "one", LEASE_MS);
    const hold = { batchId: id, lease: "one", leaseMs: LEASE_MS };
    await beginChunk(store, hold, { end: 1_000, count: 1_000, drop: [] });
    await settleChunk(store, hold);
    expect(await getBatch(store, id)).toMatchObject({ total: COUNT, dispatched: 1_000, position: 1_000 });
  });
});
