/** A worker answers in two seconds; one that did not in so many rounds, heartbeats and all, will not. */
const ROUNDS = 3;

/** What one round of questions to all workers showed. */
interface Round {
  /** Workers whose heartbeats show that they are there. */
  readonly online: readonly string[];
  readonly answered: ReadonlySet<string>;
  /** Mailboxes that got the question; null is "not known". */
  readonly listeners: number | null;
}

/**
 * Tells the workers that hear remote control and never answer. A worker takes remote control in the content types that it
 * takes tasks in, and drops the rest: one that answers nothing in JSON would drop our tasks, too (seen with 5.2.6 and
 * 5.7.0). One whose remote control is off, or that froze (celery-wire.md C.7), has no mailbox and is not counted.
 */
export class SilentWorkers {
  readonly #rounds = new Map<string, number>();

  /** Takes note of a round; returns the workers of which it has become certain with it. */
  note({ online, answered, listeners }: Round): readonly string[] {
    for (const hostname of this.#rounds.keys()) if (!online.includes(hostname)) this.#rounds.delete(hostname);
    // Where a mailbox is missing it can't be told whose.
    if (listeners === null || listeners < online.length) return [];
    for (const hostname of online) {
      this.#rounds.set(hostname, answered.has(hostname) ? 0 : (this.#rounds.get(hostname) ?? 0) + 1);
    }
    return online.filter((hostname) => (this.#rounds.get(hostname) ?? 0) === ROUNDS);
  }
}
