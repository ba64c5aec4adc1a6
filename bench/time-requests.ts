/** How long requests took, in milliseconds. */
export interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly requests: number;
}

/** When requests have taken so long together, no more are made. */
const PATIENCE_MS = 20_000;

/** Makes a request again and again, one at a time, at least once; stops early where they are slow. The caller has made one before. */
export async function timeRequests(request: () => Promise<unknown>, repeats: number): Promise<Times> {
  const times: number[] = [];
  const startedAt = performance.now();
  while (times.length < repeats) {
    if (times.length > 0 && performance.now() - startedAt > PATIENCE_MS) break;
    const before = performance.now();
    await request();
    times.push(performance.now() - before);
  }
  return toTimes(times);
}

/** What durations in milliseconds come to. */
export function toTimes(durations: readonly number[]): Times {
  const sorted = durations.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), requests: sorted.length };
}

/** Such as `12 ms` or `1.25 s`. */
export function writeMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}

/** The value that so large a part of the sorted ones does not exceed. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
