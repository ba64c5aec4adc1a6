import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { beginChunk, settleChunk } from "@/lib/store/batch-chunks";
import { claimBatch, releaseBatch, renewBatchLease } from "@/lib/store/batch-lease";
import { listFollowedBatches, listPendingItems, saveOutcomes } from "@/lib/store/batch-outcomes";
import { failBatch, getBatch, listBatches, moveBatch, setBatchError } from "@/lib/store/batches";
import { findOriginal, listDispatches, listRedispatches } from "@/lib/store/redispatch-links";
import type { Store } from "@/lib/store/store";
import { upsertTasks } from "@/lib/store/tasks";
import { BatchStage, HOUR_MS, LEASE_MS } from "./batch-stage";
import { makeDraft, makeItem, start as startBatch } from "./make-draft";
import { makeTask } from "./make-task";
import { STORE_DATABASES } from "./open-stores";

describe.each(STORE_DATABASES)("batches on %s", (_provider, startDatabase) => {
  let stage: BatchStage;
  let store: Store;
  beforeAll(async () => {
    stage = await BatchStage.open(startDatabase);
    store = stage.store;
  });
  beforeEach(() => stage.clear());
  afterAll(() => stage?.close());

  test("batches are paged newest first", async () => {
    const ids: string[] = [];
    const now = Date.now();
    for (let count = 0; count < 5; count++) {
      const id = await makeDraft(store, [makeItem(0)]);
      await startBatch(store, id);
      await stage.age(id, "createdAt", count === 3 ? 2_000 : count * 1_000, now);
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
    await stage.age(id, "leaseUntil", 1_000);
    expect(await claimBatch(store, "e", LEASE_MS)).toBe(id);
    expect(await renewBatchLease(store, id, owner, LEASE_MS)).toBe(false);
    await releaseBatch(store, id, owner);
    expect(await claimBatch(store, "f", LEASE_MS)).toBeNull();
    await releaseBatch(store, id, "e");
    expect(await claimBatch(store, "f", LEASE_MS)).toBe(id);
  });

  test("links lead both ways, the newest first", async () => {
    const first = await stage.holdBatch([makeItem(0, { originalId: "one", newId: "one-b" })]);
    await beginChunk(store, first.hold, { end: 1, count: 1, drop: [] });
    await settleChunk(store, first.hold);
    const again = [makeItem(0, { originalId: "one", newId: "one-c", after: "one-b" })];
    const second = await stage.holdBatch(again);
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
    const { id } = await stage.holdBatch();
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
    const { id, items, hold } = await stage.holdBatch();
    await beginChunk(store, hold, { end: 3, count: 3, drop: [] });
    expect(await listFollowedBatches(store, HOUR_MS)).toEqual([]);
    await settleChunk(store, hold);
    expect((await listFollowedBatches(store, HOUR_MS)).map((batch) => batch.id)).toEqual([id]);
    await upsertTasks(store, [makeTask({ id: items[1]?.newId ?? "", state: "FAILURE" })]);
    const batch = { id, position: 3, total: 3, createdAt: 1_795_000_000_000 };
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
    expect(
      (await stage.list(id, { outcome: "failed" })).map(({ position, error }) => [position, error]),
    ).toEqual([[1, "ValueError: no"]]);
    await stage.age(id, "finishedAt", 2 * HOUR_MS);
    expect(await listFollowedBatches(store, HOUR_MS)).toEqual([]);
    await saveOutcomes(store, id, [{ position: 2, outcome: "succeeded", error: null }]);
    expect(await listFollowedBatches(store, 9 * HOUR_MS)).toEqual([]);
  });
});
