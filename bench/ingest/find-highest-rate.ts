import type { ReaderKind } from "./event-reader";
import { type Published, publishToReader } from "./publish-to-reader";

/** Events of a task, roughly. */
const EVENTS_PER_TASK = 3.06;
/** A reader that keeps up has all of it so long after the last event. */
const MOST_LAG_SECONDS = 1;

/** What is tried where a machine's own limit is looked for, and for how long each. */
export const FULL_RANGE = {
  rates: [5_000, 10_000, 15_000, 20_000, 30_000, 40_000, 50_000],
  seconds: 8,
} as const;

export interface HighestRate {
  /** Events a second, the highest with which it kept up; null when it was none. */
  readonly eventsPerSecond: number | null;
  /** Each rate, and what became of it; with the last one it did not keep up, if the rates were enough. */
  readonly steps: readonly Published[];
  readonly maxRssMb: number;
}

/** Publishes at one rate after the other, for `seconds` each, until the reader no longer keeps up. */
export async function findHighestRate(
  kind: ReaderKind,
  brokerUrl: string,
  options: { readonly rates: readonly number[]; readonly seconds: number; readonly isBatched: boolean },
): Promise<HighestRate> {
  const { rates, seconds, isBatched } = options;
  const reader = await kind.start(brokerUrl);
  const steps: Published[] = [];
  let highest: number | null = null;
  let maxRssMb = 0;
  try {
    for (const eventsPerSecond of rates) {
      const tasks = Math.ceil((eventsPerSecond * seconds) / EVENTS_PER_TASK);
      const step = await publishToReader(reader, kind.counts, {
        brokerUrl,
        tasks,
        isBatched,
        eventsPerSecond,
      });
      steps.push(step);
      if (step.taken < 1 || step.lagSeconds > MOST_LAG_SECONDS) break;
      highest = step.eventsPerSecond;
      ({ maxRssMb } = reader.usage());
    }
    return { eventsPerSecond: highest, steps, maxRssMb };
  } finally {
    await reader.stop();
  }
}
