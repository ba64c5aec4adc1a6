import { type CeleryEvent, isWorkerEvent } from "@/lib/celery/celery-event";
import type { ReceivedEvent } from "./fold-events";

/** Starts that a heartbeat may overtake: a worker sends its task events in batches of up to 24 (celery-wire.md D.2). */
const OVERTAKEN = 24;
/** Starts after which it is known whether a worker tells of all of them. */
const ENOUGH_STARTS = 100;
/** A worker of which so many are short within an hour has tasks that send no events. */
const MOST_CLAIMS = 3;
const HOUR_MS = 3_600_000;
/** Workers of which the counts are kept. */
const MAX_WORKERS = 10_000;

/** Starts of which a worker counted more than it told; epoch ms by our clock. */
export interface MissedStarts {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** What one process of a worker counted by its last heartbeat, and what was heard of it. */
interface Counted {
  readonly pid: number | null;
  readonly processed: number;
  /** When that heartbeat came. */
  readonly heardAt: number;
  /** `task-started` events since the first heartbeat, and of them those before the last one. */
  started: number;
  readonly startedBefore: number;
  /** `processed - started` of a worker that tells of all its starts. */
  readonly offset: number;
  /** What is short, until it is known whether it was lost or the worker does not tell. */
  readonly short: MissedStarts | null;
  /** When starts were found missing, of the last hour. */
  readonly claims: readonly number[];
}

/**
 * Compares how many tasks each worker's heartbeats say that it has begun (`processed`) with the `task-started` events that came:
 * what no reader could take, or the worker could not send, is found so. A worker is judged once it has told of 100 starts, and
 * starts are missing when it tells again of those that follow; one that has tasks without events (`send_events = False`) is not
 * judged any more.
 */
export class StartCount {
  readonly #workers = new Map<string, Counted>();
  readonly #onMissed: (missed: MissedStarts) => void;

  constructor(onMissed: (missed: MissedStarts) => void) {
    this.#onMissed = onMissed;
  }

  /** Takes in events in the order in which they came. Quick: this is once an event. */
  note(events: readonly ReceivedEvent[]): void {
    for (const { event, receivedAt } of events) {
      if (event.type === "task-started") this.#countStart(event);
      else if (isWorkerEvent(event) && event.processed !== null) {
        const { hostname, pid, processed } = event;
        this.#compare(hostname, { pid, processed, heardAt: receivedAt });
      }
    }
  }

  #countStart({ hostname, pid }: CeleryEvent): void {
    const counted = this.#workers.get(hostname);
    if (counted?.pid === pid) counted.started += 1;
  }

  #compare(hostname: string, heard: Pick<Counted, "pid" | "processed" | "heardAt">): void {
    const before = this.#workers.get(hostname);
    const isSame = before !== undefined && before.pid === heard.pid && before.processed <= heard.processed;
    if (isSame) this.#workers.set(hostname, this.#judge(before, heard));
    else if (before !== undefined || this.#workers.size < MAX_WORKERS) {
      this.#workers.set(hostname, { ...heard, ...BEGIN, offset: heard.processed });
    }
  }

  #judge(before: Counted, heard: Pick<Counted, "pid" | "processed" | "heardAt">): Counted {
    const { started, startedBefore, short } = before;
    const balance = heard.processed - started - before.offset;
    const after = { ...before, ...heard, startedBefore: started };
    // A heartbeat had overtaken some of those that were counted.
    if (balance < 0) return { ...after, offset: before.offset + balance, short: null };
    if (balance <= OVERTAKEN) return { ...after, short: null };
    const isTold = started >= ENOUGH_STARTS && before.claims.length < MOST_CLAIMS;
    if (!isTold) return { ...after, ...BEGIN, offset: heard.processed, claims: before.claims };
    const hasGrown = balance > (short?.count ?? 0) + OVERTAKEN;
    if (short === null || hasGrown) {
      const from = short?.from ?? before.heardAt;
      return { ...after, short: { from, to: heard.heardAt, count: balance } };
    }
    if (started === startedBefore) return after;
    this.#onMissed(short);
    const claims = [...before.claims.filter((at) => at > heard.heardAt - HOUR_MS), heard.heardAt];
    return { ...after, short: null, offset: before.offset + short.count, claims };
  }
}

const BEGIN = { started: 0, startedBefore: 0, short: null, claims: [] } as const;
