import { setTimeout as delay } from "node:timers/promises";
import type { EventReader, ReaderKind } from "./event-reader";
import { startPublisher } from "./publish-events";

/** Events of a task, roughly. */
const EVENTS_PER_TASK = 3.04;
/** A reader that keeps up has all of it so long after the last event. */
const LAG_MS = 1_000;
/** Nothing more comes when nothing came for so long. */
const STALLED_MS = 3_000;
const LOOK_EVERY_MS = 100;

/** A rate at which events were published, and what became of them. */
export interface Step {
  readonly eventsPerSecond: number;
  /** Share of what was published that was taken in, at last. */
  readonly taken: number;
  /** Seconds after the last event until then. */
  readonly lagSeconds: number;
  readonly keepsUp: boolean;
}

export interface HighestRate {
  /** Events a second, the highest with which it kept up; null when it was none. */
  readonly eventsPerSecond: number | null;
  readonly steps: readonly Step[];
  readonly maxRssMb: number;
}

/** Publishes at one rate after the other, for `seconds` each, until the reader no longer keeps up. */
export async function findHighestRate(
  kind: ReaderKind,
  brokerUrl: string,
  options: { readonly rates: readonly number[]; readonly seconds: number; readonly isBatched: boolean },
): Promise<HighestRate> {
  const reader = await kind.start(brokerUrl);
  const steps: Step[] = [];
  try {
    for (const rate of options.rates) {
      const step = await publishAt(reader, kind, brokerUrl, { ...options, rate });
      steps.push(step);
      if (!step.keepsUp) break;
    }
    const kept = steps.filter((step) => step.keepsUp).map((step) => step.eventsPerSecond);
    return { eventsPerSecond: kept.at(-1) ?? null, steps, maxRssMb: reader.usage().maxRssMb };
  } finally {
    await reader.stop();
  }
}

async function publishAt(
  reader: EventReader,
  kind: ReaderKind,
  brokerUrl: string,
  { rate, seconds, isBatched }: { rate: number; seconds: number; isBatched: boolean },
): Promise<Step> {
  const tasks = Math.ceil((rate * seconds) / EVENTS_PER_TASK);
  const publisher = await startPublisher({ brokerUrl, tasks, isBatched, eventsPerSecond: rate });
  const before = (await reader.count()) ?? 0;
  const published = await publisher.publish();
  const endedAt = performance.now();
  let taken = 0;
  let takenAt = endedAt;
  for (;;) {
    const now = ((await reader.count()) ?? before + taken) - before;
    if (now > taken) takenAt = performance.now();
    taken = Math.max(taken, now);
    if (taken >= published[kind.counts] || performance.now() - takenAt > STALLED_MS) break;
    await delay(LOOK_EVERY_MS);
  }
  const lagSeconds = Math.max(0, takenAt - endedAt) / 1000;
  const share = taken / published[kind.counts];
  return {
    eventsPerSecond: published.events / published.seconds,
    taken: share,
    lagSeconds,
    keepsUp: share >= 1 && lagSeconds * 1000 <= LAG_MS,
  };
}
