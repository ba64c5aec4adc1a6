import { expect } from "vitest";
import type { BatchHold } from "@/lib/store/batch-hold";
import { type BatchItemFilter, listBatchItems } from "@/lib/store/batch-items";
import { claimBatch } from "@/lib/store/batch-lease";
import { getBatch } from "@/lib/store/batches";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { clearTasks } from "./clear-tasks";
import { makeDraft, makeItem, start as startBatch } from "./make-draft";
import type { StoreDatabase } from "./open-stores";

export const LEASE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** A store of its own, and what a test does with the batches in it. */
export class BatchStage {
  readonly store: Store;
  readonly #database: StoreDatabase;

  private constructor(store: Store, database: StoreDatabase) {
    this.store = store;
    this.#database = database;
  }

  static async open(startDatabase: () => Promise<StoreDatabase>): Promise<BatchStage> {
    const database = await startDatabase();
    return new BatchStage(await openStore(await database.createUrl()), database);
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.#database.stop();
  }

  async clear(): Promise<void> {
    const { client } = this.store;
    await client.redispatch.deleteMany();
    await client.batchItem.deleteMany();
    await client.batch.deleteMany();
    await clearTasks(this.store);
  }

  /** A running batch of three ready tasks, or of `items`, that the lease "one" holds. */
  async holdBatch(items = Array.from({ length: 3 }, (_, position) => makeItem(position))) {
    const id = await makeDraft(this.store, items);
    await startBatch(this.store, id);
    expect(await claimBatch(this.store, "one", LEASE_MS)).toBe(id);
    return { id, items, hold: { batchId: id, lease: "one", leaseMs: LEASE_MS } satisfies BatchHold };
  }

  /** The batch's items of one kind. */
  async list(id: string, filter: BatchItemFilter = {}) {
    const batch = await getBatch(this.store, id);
    if (batch === null) throw new Error(`there is no batch ${id}`);
    return listBatchItems(this.store, batch, filter, { limit: 10_000, afterPosition: -1 });
  }

  /** Moves the end of the lease or of the batch, or its birth, into the past. */
  async age(
    id: string,
    column: "leaseUntil" | "createdAt" | "finishedAt",
    byMs: number,
    now = Date.now(),
  ): Promise<void> {
    await this.store.client.batch.update({ where: { id }, data: { [column]: BigInt(now - byMs) } });
  }
}
