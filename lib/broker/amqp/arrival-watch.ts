/** Looks kept of each queue; with more of them every second one is forgotten. */
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
 * left by now, it was the next one. The count of all that came, less those that wait, is how many have left.
 */
export class ArrivalWatch {
  #looks: Look[] = [];

  /** Notes one look; `ready` messages wait. Returns null when nothing waits. */
  look({ at, count, ready }: { at: number; count: number; ready: number }): Arrival | null {
    const last = this.#looks.at(-1);
    // The broker was restarted and counts anew.
    if (last !== undefined && count < last.count) this.#looks = [];
    this.#looks.push({ at, count });
    if (this.#looks.length > MAX_LOOKS) this.#looks = thinOut(this.#looks);
    if (ready === 0) return null;
    const left = count - ready;
    const after = this.#looks.findIndex((look) => look.count > left);
    const [before, then] = [this.#looks[after - 1], this.#looks[after]];
    if (before === undefined || then === undefined) {
      return { seconds: (at - (this.#looks[0]?.at ?? at)) / 1000, isMinimum: true };
    }
    return { seconds: (at - (before.at + then.at) / 2) / 1000, isMinimum: false };
  }
}

/** Forgets every second look but the last, which the next count is compared with. */
function thinOut(looks: readonly Look[]): Look[] {
  return looks.filter((_look, index) => index % 2 === 0 || index === looks.length - 1);
}
