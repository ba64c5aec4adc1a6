import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { beginChunk, settleChunk } from "@/lib/store/batch-chunks";
import { addDraftItems, deleteExpiredDraft, sealDraft } from "@/lib/store/batch-drafts";
import { claimBatch } from "@/lib/store/batch-lease";
import { getBatch, listBatches, moveBatch } from "@/lib/store/batches";
import type { Store } from "@/lib/store/store";
import { BatchStage, HOUR_MS, LEASE_MS } from "./batch-stage";
import { makeDraft, makeItem, start as startBatch } from "./make-draft";
import { STORE_DATABASES } from "./open-stores";

describe.each(STORE_DATABASES)("drafts on %s", (_provider, startDatabase) => {
  let stage: BatchStage;
  let store: Store;
  beforeAll(async () => {
    stage = await BatchStage.open(startDatabase);
    store = stage.store;
  });
  beforeEach(() => stage.clear());
  afterAll(() => stage?.close());

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
    const items = await stage.list(id);
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
    await stage.age(id, "createdAt", HOUR_MS + 1_000);
    await expect(startBatch(store, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await deleteExpiredDraft(store, 2)).toBe(false);
    await stage.age(id, "createdAt", HOUR_MS + 120_000);
    const left: number[] = [];
    while (await deleteExpiredDraft(store, 2)) left.push(await store.client.batchItem.count());
    expect(left).toEqual([3, 1, 0]);
    expect(await getBatch(store, id)).toBeNull();
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
