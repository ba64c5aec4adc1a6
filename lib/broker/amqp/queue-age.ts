import { ArrivalWatch } from "./arrival-watch";
import type { ManagedQueue } from "./managed-queue";

/** The management API shows a message this late; before, only our own looks can date it. */
const MANAGEMENT_LAG_MS = 11_000;
/** Without the API a message is dated if we saw the queue empty so shortly before. */
const PRECISE_SPAN_MS = 2_000;

/** How long the oldest message has waited; `isMinimum` says that it may be longer. */
export interface Wait {
  readonly seconds: number;
  readonly isMinimum: boolean;
}

const NOTHING_WAITS: Wait = { seconds: 0, isMinimum: false };

/** Dates the oldest ready message of one queue, from look to look. */
export class QueueAge {
  readonly #watch = new ArrivalWatch();
  #emptyAt: number | null = null;
  #managedAt = 0;
  #arrivedAt: { readonly at: number; readonly isMinimum: boolean } | null = null;

  /** Takes in what the management API said at `at`, epoch ms; once for each of its answers. */
  noteManaged(queue: ManagedQueue, at: number): void {
    const { publishCount: count, ready } = queue;
    if (at === this.#managedAt || count === null || ready === null) return;
    this.#managedAt = at;
    const arrival = this.#watch.look({ at, count, ready });
    this.#arrivedAt = arrival && { at: at - arrival.seconds * 1000, isMinimum: arrival.isMinimum };
  }

  /** The wait as of `at`, epoch ms, when `ready` messages wait; null when it can't be known. */
  estimate(at: number, ready: number, managed: ManagedQueue | undefined): Wait | null {
    if (ready === 0) {
      this.#emptyAt = at;
      return NOTHING_WAITS;
    }
    if (managed?.headSentAt != null) {
      return { seconds: Math.max(0, at - managed.headSentAt) / 1000, isMinimum: false };
    }
    // Of several priorities the one that came first need not be the next.
    if (managed?.hasPriorities) return null;
    const emptyAt = this.#emptyAt;
    const arrived = this.#arrivedAt;
    if (managed !== undefined && arrived !== null && (emptyAt === null || arrived.at >= emptyAt)) {
      return { seconds: (at - arrived.at) / 1000, isMinimum: arrived.isMinimum };
    }
    // It came after the queue was last seen empty.
    const span = managed === undefined ? PRECISE_SPAN_MS : MANAGEMENT_LAG_MS;
    if (emptyAt === null || at - emptyAt > span) return null;
    return { seconds: (at - emptyAt) / 1000, isMinimum: false };
  }
}
