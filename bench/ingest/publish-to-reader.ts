import type { EventReader, ReaderKind } from "./event-reader";
import { startPublisher } from "./publish-events";
import type { EventsToPublish } from "./publish-process";
import { waitUntilTaken } from "./wait-until-taken";

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
  const { taken, at } = await waitUntilTaken(reader, { before, expected: published[counts] });
  return {
    eventsPerSecond: published.events / published.seconds,
    events: published.events,
    taken: taken / published[counts],
    lagSeconds: Math.max(0, at - endedAt) / 1000,
  };
}
