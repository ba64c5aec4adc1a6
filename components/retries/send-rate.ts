/** How many had been sent, seen at an epoch ms. */
export interface SendSample {
  at: number;
  dispatched: number;
}

const WINDOW_MS = 15_000;

/** Adds what was seen to the samples of the last seconds; the same array when nothing was. */
export function addSample(samples: readonly SendSample[], next: SendSample): readonly SendSample[] {
  if (samples.at(-1)?.at === next.at) return samples;
  return [...samples.filter((sample) => next.at - sample.at <= WINDOW_MS), next];
}

/** Tasks a second over the samples; null while there is nothing to measure. */
export function measureRate(samples: readonly SendSample[]): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 1000) return null;
  return ((last.dispatched - first.dispatched) * 1000) / (last.at - first.at);
}
