import type { ToldResult } from "./fold-results";

/** Events of the same end come a moment later, by another way: they are waited for. */
const WAIT_MS = 10_000;
/** Bounds on what waits: a busy cluster's results of ten seconds. */
const MAX_NOTICES = 50_000;
const MAX_BYTES = 32_000_000;
/** Its result alone would be most of it, and a page shows a thousandth. */
const MAX_NOTICE_BYTES = 1_000_000;

/** Results that a backend told as it stored them, until their time has come. Bounded: what doesn't fit is dropped. */
export class ResultNotices {
  readonly #waiting = new Map<string, ToldResult & { readonly entry: Uint8Array }>();
  #bytes = 0;
  #dropped = 0;

  /** Notices dropped since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a notice in, in the place of an older one of the same task. */
  add(taskId: string, entry: Uint8Array, receivedAt: number): void {
    this.#remove(taskId);
    const isTooMuch = this.#waiting.size >= MAX_NOTICES || this.#bytes + entry.length > MAX_BYTES;
    if (entry.length > MAX_NOTICE_BYTES || isTooMuch) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.set(taskId, { taskId, entry, receivedAt });
    this.#bytes += entry.length;
  }

  /** Takes out up to `limit` that have waited long enough at `now` (epoch ms), less those of tasks that events `told`. */
  takeDue(now: number, limit: number, told: (taskId: string) => boolean): readonly ToldResult[] {
    const due: ToldResult[] = [];
    for (const notice of this.#waiting.values()) {
      if (due.length >= limit || notice.receivedAt > now - WAIT_MS) break;
      this.#remove(notice.taskId);
      if (!told(notice.taskId)) due.push(notice);
    }
    return due;
  }

  #remove(taskId: string): void {
    this.#bytes -= this.#waiting.get(taskId)?.entry.length ?? 0;
    this.#waiting.delete(taskId);
  }
}
