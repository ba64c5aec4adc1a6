import type { WorkerRecord } from "@/lib/celery/worker-record";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import { upsertWorkers } from "@/lib/store/workers";

/** A heartbeat or a task's event changes a worker's record: many a second, of which nobody needs each. */
const EVERY_MS = 1_000;

/** Writes the workers' records that changed, each at most once a second. */
export class WorkerWriter {
  readonly #store: Store;
  readonly #changed = new Map<string, WorkerRecord>();
  #writtenAt = Number.NEGATIVE_INFINITY;

  constructor(store: Store) {
    this.#store = store;
  }

  note(record: WorkerRecord): void {
    this.#changed.set(record.hostname, record);
  }

  /** What has changed is due at once. */
  hurry(): void {
    this.#writtenAt = Number.NEGATIVE_INFINITY;
  }

  async writeWhenDue(): Promise<void> {
    if (performance.now() - this.#writtenAt >= EVERY_MS) await this.write();
  }

  /** Rejects when the store is away; nothing is forgotten. */
  async write(): Promise<void> {
    if (this.#changed.size === 0) return;
    const records = [...this.#changed.values()];
    await upsertWorkers(this.#store, records);
    // What changed during the write waits for the next one.
    for (const record of records) {
      if (this.#changed.get(record.hostname) === record) this.#changed.delete(record.hostname);
    }
    this.#writtenAt = performance.now();
    await bumpTopics(this.#store, ["workers"]);
  }
}
