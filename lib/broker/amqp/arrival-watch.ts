/** Looks kept of each queue. */
const MAX_LOOKS = 256;

/** At `at` (epoch ms) `count` messages had ever come. */
interface Look {
  readonly at: number;
  readonly count: number;
}

/** How long the oldest message of a queue has waited; `isMinimum` says that it may be longer. */
export interface Arrival {
  readonly seconds: number;
  readonly isMinimum: boolean;
}

/**
 * Dates the oldest message of a queue that is served in order, without a look at it: when as many messages had come as have
 * left by now, it was the next one. The count of all that came, less those that wait, is how many have left. RabbitMQ takes the
 * two numbers at different moments: for an interval or two of its statistics the message may seem older than it is.
 */
export class ArrivalWatch {
  #looks: Look[] = [];

  /** Notes one look; `ready` messages wait. Returns null when nothing waits. */
  look({ at, count, ready }: { at: number; count: number; ready: number }): Arrival | null {
    const last = this.#looks.at(-1);
    // The broker was restarted and counts anew.
    if (last !== undefined && count < last.count) this.#looks = [];
    this.#looks.push({ at, count });
    if (ready === 0) this.#looks = this.#looks.slice(-1);
    if (this.#looks.length > MAX_LOOKS) this.#looks = thinOut(this.#looks);
    return ready === 0 ? null : this.#date(count - ready, at);
  }

  /** Dates the message after `left` others. What came before it is not asked for again. */
  #date(left: number, at: number): Arrival {
    const next = this.#looks.findIndex((look) => look.count > left);
    if (next > 0) this.#looks = this.#looks.slice(next - 1);
    const [before, then] = this.#looks;
    if (next <= 0 || before === undefined || then === undefined) {
      return { seconds: (at - (before?.at ?? at)) / 1000, isMinimum: true };
    }
    return { seconds: (at - (before.at + then.at) / 2) / 1000, isMinimum: false };
  }
}

/** Keeps half as many looks, evenly in time; the last one too, which the next count is compared with. */
function thinOut(looks: readonly Look[]): Look[] {
  const last = looks.at(-1);
  const gap = ((last?.at ?? 0) - (looks[0]?.at ?? 0)) / (MAX_LOOKS / 2);
  let kept = Number.NEGATIVE_INFINITY;
  return looks.filter((look) => {
    const isKept = look === last || look.at - kept >= gap;
    if (isKept) kept = look.at;
    return isKept;
  });
}
