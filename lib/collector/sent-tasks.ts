import { LRUCache } from "lru-cache";
import type { ReceivedEvent } from "./fold-events";

const MAX_TASKS = 100_000;
const MAX_QUEUES = 1_000;

/** What `task-sent` events told lately: when tasks were sent, and to which queues. */
export class SentTasks {
  readonly #sentAt = new LRUCache<string, number>({ max: MAX_TASKS });
  readonly #queues = new LRUCache<string, true>({ max: MAX_QUEUES });

  note(events: readonly ReceivedEvent[]): void {
    for (const { event } of events) {
      if (event.type !== "task-sent") continue;
      this.#sentAt.set(event.uuid, event.timestamp);
      if (event.queue) this.#queues.set(event.queue, true);
    }
  }

  /** Epoch ms by the sender's clock, or null. */
  sentAt(taskId: string): number | null {
    return this.#sentAt.get(taskId) ?? null;
  }

  queueNames(): readonly string[] {
    return [...this.#queues.keys()];
  }
}
