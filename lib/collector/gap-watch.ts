import { type EventGap, saveEventGap } from "@/lib/store/event-gaps";
import type { Store } from "@/lib/store/store";
import type { EventBuffer } from "./event-buffer";
import type { MissedStarts } from "./start-count";

/** Losses of one cause that follow each other within this time are one gap. */
const ONE_GAP_MS = 10_000;
/** Shorter ones are no gap: a collector that hands over, a connection that comes back at once on a quiet broker. */
const SHORTEST_MS = 250;

/** Notes of which times events are missing, and tells what to mend once such a time is over. */
export class GapWatch {
  readonly #store: Store;
  readonly #buffer: Pick<EventBuffer, "dropped" | "uncounted">;
  #unsaved: EventGap[] = [];
  /** The latest gap of each cause that is counted; it may still grow. */
  readonly #growing = new Map<EventGap["cause"], EventGap>();
  #dropped = 0;
  #uncounted = 0;
  #lookedAt: number;
  /** Epoch ms of the end of the latest gap that was not mended. */
  #unmendedTo: number | null = null;

  constructor(store: Store, buffer: Pick<EventBuffer, "dropped" | "uncounted">, now: number) {
    this.#store = store;
    this.#buffer = buffer;
    this.#lookedAt = now;
  }

  /** From `from` to `to` (epoch ms) nobody listened; `isBusy`: events came until just before. */
  noteUnheard(from: number, to: number, isBusy: boolean): void {
    if (to - from < SHORTEST_MS && !isBusy) return;
    this.#unsaved.push({ from, to, cause: "unheard", events: null, isMinimum: false });
    this.#unmendedTo = to;
  }

  /** Tasks began of which no event came. */
  noteMissed({ from, to, count }: MissedStarts): void {
    this.#grow({ from, to, cause: "missed", events: count, isMinimum: true });
  }

  /** Looks for what was dropped since the last look, and saves what is new. Rejects while the store is away; nothing is forgotten. */
  async save(now: number): Promise<void> {
    this.#noteDrops(now);
    for (let gap = this.#unsaved[0]; gap !== undefined; gap = this.#unsaved[0]) {
      await saveEventGap(this.#store, gap);
      this.#unsaved.shift();
    }
  }

  /** The end (epoch ms) of a gap that is over for `afterMs`, once: what ended in it may be found elsewhere. Else null. */
  takeMendable(now: number, afterMs: number): number | null {
    const to = this.#unmendedTo;
    if (to === null || now - to < afterMs) return null;
    this.#unmendedTo = null;
    return to;
  }

  #noteDrops(now: number): void {
    const { dropped, uncounted } = this.#buffer;
    const events = dropped - this.#dropped;
    const isMinimum = uncounted > this.#uncounted;
    if (events > 0) this.#grow({ from: this.#lookedAt, to: now, cause: "dropped", events, isMinimum });
    this.#dropped = dropped;
    this.#uncounted = uncounted;
    this.#lookedAt = now;
  }

  /** Adds what is missing to the last gap of its cause, or begins another. */
  #grow(more: EventGap): void {
    const last = this.#growing.get(more.cause);
    const isOne = last !== undefined && more.from - last.to <= ONE_GAP_MS;
    const gap = isOne ? join(last, more) : more;
    this.#growing.set(more.cause, gap);
    this.#unsaved = [...this.#unsaved.filter((other) => !isOne || other !== last), gap];
    this.#unmendedTo = Math.max(this.#unmendedTo ?? 0, gap.to);
  }
}

/** One gap of two. It keeps the beginning of the first, by which that is on record. */
function join(first: EventGap, more: EventGap): EventGap {
  const events = (first.events ?? 0) + (more.events ?? 0);
  const isMinimum = first.isMinimum || more.isMinimum;
  return { ...more, from: first.from, to: Math.max(first.to, more.to), events, isMinimum };
}
