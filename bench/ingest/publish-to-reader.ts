import { setTimeout as delay } from "node:timers/promises";
import type { EventReader, ReaderKind } from "./event-reader";
import { startPublisher } from "./publish-events";
import type { EventsToPublish } from "./publish-process";

/** Nothing more comes when nothing came for so long. */
const STALLED_MS = 4_000;
const LOOK_EVERY_MS = 100;

/** What was published, and what became of it. */
export interface Published {
  readonly eventsPerSecond: number;
  readonly events: number;
  /** Share of what was published that was taken in, at last. */
  readonly taken: number;
  /** Seconds after the last event until then. */
  readonly lagSeconds: number;
}

/** Publishes events and waits until the reader has all of them, or gets no more. */
export async function publishToReader(
  reader: EventReader,
  counts: ReaderKind["counts"],
  options: EventsToPublish,
): Promise<Published> {
  const publisher = await startPublisher(options);
  const before = (await reader.count()) ?? 0;
  const published = await publisher.publish();
  const endedAt = performance.now();
  let taken = 0;
  let takenAt = endedAt;
  while (taken < published[counts] && performance.now() - takenAt < STALLED_MS) {
    const now = ((await reader.count()) ?? before + taken) - before;
    if (now > taken) takenAt = performance.now();
    taken = Math.max(taken, now);
    if (taken < published[counts]) await delay(LOOK_EVERY_MS);
  }
  return {
    eventsPerSecond: published.events / published.seconds,
    events: published.events,
    taken: taken / published[counts],
    lagSeconds: Math.max(0, takenAt - endedAt) / 1000,
  };
}
