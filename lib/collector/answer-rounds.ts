import type { WorkerRecord } from "@/lib/celery/worker-record";
import type { Unanswered } from "@/lib/diagnosis/marks/cluster-facts";

const SUSPICIOUS_ROUNDS = 4;

/** One question that was put to everyone. */
export interface AnswerRound {
  /** Mailboxes that got it; null is unknown. */
  readonly listeners: number | null;
  readonly answered: ReadonlySet<string>;
  /** The workers that are online and have answered since they started. */
  readonly asked: readonly WorkerRecord[];
  /** Epoch ms. */
  readonly at: number;
}

/** Remembers who does not answer although its heartbeats arrive (celery-wire.md C.7). */
export class AnswerRounds {
  #unanswered: ReadonlyMap<string, Unanswered> = new Map();
  #count = 0;

  note({ listeners, answered, asked, at }: AnswerRound): void {
    const hasNoMailbox = listeners !== null && listeners <= answered.size;
    // Nobody answered and nobody is known to have had to: it may be us.
    const counts = hasNoMailbox || answered.size > 0;
    const next = new Map<string, Unanswered>();
    for (const { hostname, freqSeconds } of asked) {
      if (answered.has(hostname) || freqSeconds === null) continue;
      const before = this.#unanswered.get(hostname) ?? { rounds: 0, roundsWithoutMailbox: 0, since: at };
      const roundsWithoutMailbox = hasNoMailbox ? before.roundsWithoutMailbox + 1 : 0;
      next.set(hostname, { ...before, rounds: before.rounds + (counts ? 1 : 0), roundsWithoutMailbox });
    }
    this.#unanswered = next;
    this.#count += 1;
  }

  /** Rounds so far. */
  get count(): number {
    return this.#count;
  }

  /** Null for a worker that answered last time, or was not asked. */
  get(hostname: string): Unanswered | null {
    return this.#unanswered.get(hostname) ?? null;
  }

  /** Whether somebody has begun to be silent: a person should not have to wait for the next rounds. */
  get isSuspicious(): boolean {
    return [...this.#unanswered.values()].some(({ rounds }) => rounds < SUSPICIOUS_ROUNDS);
  }
}
