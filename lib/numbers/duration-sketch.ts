/** Percentiles are off by at most this share of the exact value (docs/decisions/0013-own-sketches.md). */
export const RELATIVE_ERROR = 0.02;
/** What counts as no time at all, in seconds: events tell milliseconds, and a runtime is seldom known any better. */
const LEAST_SECONDS = 1e-6;
/** A bucket reaches from the one before it up to `GROWTH` to the power of its number, in seconds. */
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const BUCKETS_PER_E = 1 / Math.log(GROWTH);
/** The bucket of no time; below all others. */
export const ZERO_BUCKET = Math.ceil(Math.log(LEAST_SECONDS) * BUCKETS_PER_E) - 1;

/** The bucket that a duration falls into, so that several sketches can take it in at the price of one logarithm. */
export function bucketOf(seconds: number): number {
  return seconds <= LEAST_SECONDS ? ZERO_BUCKET : Math.ceil(Math.log(seconds) * BUCKETS_PER_E);
}

/**
 * How long things took: counts in buckets of growing width (DDSketch, Masson et al., VLDB 2019). Merging loses nothing: the
 * sketch of two sets is the sum of theirs.
 */
export class DurationSketch {
  readonly #counts = new Map<number, number>();
  #total = 0;

  /** Durations taken in. */
  get count(): number {
    return this.#total;
  }

  /** Takes in `count` durations of the bucket that `bucketOf` gave. */
  add(bucket: number, count = 1): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#total += count;
  }

  /** Takes in all durations of another sketch, which stays as it is. */
  merge(other: DurationSketch): void {
    for (const [bucket, count] of other.#counts) this.add(bucket, count);
  }

  /** The buckets in use with their counts, the shortest durations first. */
  listBuckets(): [bucket: number, count: number][] {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }

  /**
   * For each share (0.5 is the median; ascending) the duration in seconds at its nearest rank, within `RELATIVE_ERROR` of
   * the exact one; null when there is none.
   */
  quantiles<Shares extends readonly number[]>(shares: Shares): { [Place in keyof Shares]: number | null } {
    const buckets = this.listBuckets();
    let place = 0;
    let seen = buckets[0]?.[1] ?? 0;
    const found = shares.map((share) => {
      const rank = Math.max(1, Math.ceil(share * this.#total));
      while (seen < rank && place < buckets.length - 1) seen += buckets[++place]?.[1] ?? 0;
      const bucket = buckets[place]?.[0];
      return bucket === undefined ? null : middleOf(bucket);
    });
    // One for each share, in their order.
    return found as { [Place in keyof Shares]: number | null };
  }
}

/** The duration that is off by the same share from both ends of a bucket. */
function middleOf(bucket: number): number {
  return bucket <= ZERO_BUCKET ? 0 : (2 * GROWTH ** bucket) / (GROWTH + 1);
}
