import { type EventGap, saveEventGap } from "@/lib/store/event-gaps";
import type { Store } from "@/lib/store/store";
import type { EventBuffer } from "./event-buffer";

/** Drops that follow each other within this time are one gap. */
const ONE_GAP_MS = 10_000;
/** Shorter ones are no gap: a collector that hands over, a connection that comes back at once on a quiet broker. */
const SHORTEST_MS = 250;

/** Notes of which times events are missing, and tells what to mend once such a time is over. */
export class GapWatch {
  readonly #store: Store;
  readonly #buffer: Pick<EventBuffer, "dropped" | "isDroppedMinimum">;
  #unsaved: EventGap[] = [];
  /** The latest time in which messages were dropped; it may still grow. */
  #dropping: EventGap | null = null;
  #dropped = 0;
  #lookedAt: number;
  /** Epoch ms of the end of the latest gap that was not mended. */
  #unmendedTo: number | null = null;

  constructor(store: Store, buffer: Pick<EventBuffer, "dropped" | "isDroppedMinimum">, now: number) {
    this.#store = store;
    this.#buffer = buffer;
    this.#lookedAt = now;
  }

  /** From `from` to `to` (epoch ms) nobody listened. */
  noteUnheard(from: number, to: number): void {
    if (to - from < SHORTEST_MS) return;
    this.#unsaved.push({ from, to, cause: "unheard", events: null, isMinimum: false });
    this.#unmendedTo = to;
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
    const { dropped, isDroppedMinimum } = this.#buffer;
    const more = dropped - this.#dropped;
    if (more > 0) {
      const last = this.#dropping;
      const isOne = last !== null && now - last.to <= ONE_GAP_MS;
      const gap: EventGap = {
        from: isOne ? last.from : this.#lookedAt,
        to: now,
        cause: "dropped",
        events: (isOne ? (last.events ?? 0) : 0) + more,
        isMinimum: isDroppedMinimum,
      };
      this.#dropping = gap;
      this.#unsaved = [...this.#unsaved.filter((other) => other !== last), gap];
      this.#unmendedTo = now;
    }
    this.#dropped = dropped;
    this.#lookedAt = now;
  }
}
