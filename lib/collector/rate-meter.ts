const SECONDS = 10;

/** Counts events of the last ten seconds. */
export class RateMeter {
  readonly #counts = new Map<number, number>();

  /** Counts `events` that came at `now`, epoch ms. */
  add(events: number, now: number): void {
    const second = Math.floor(now / 1000);
    this.#counts.set(second, (this.#counts.get(second) ?? 0) + events);
    for (const old of this.#counts.keys()) if (old <= second - SECONDS - 1) this.#counts.delete(old);
  }

  /** Mean of the ten full seconds before `now`, epoch ms. */
  perSecond(now: number): number {
    const second = Math.floor(now / 1000);
    let sum = 0;
    for (const [at, count] of this.#counts) if (at < second && at >= second - SECONDS) sum += count;
    return sum / SECONDS;
  }
}
