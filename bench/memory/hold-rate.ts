import { setTimeout as delay } from "node:timers/promises";
import type { ReaderKind } from "../ingest/event-reader";
import { startPublisher } from "../ingest/publish-events";
import { waitUntilTaken } from "../ingest/wait-until-taken";

/** What a reader took in of a steady stream, and what its process held meanwhile. */
export interface Held {
  readonly events: number;
  readonly seconds: number;
  /** Share of what was published that was taken in, at last. */
  readonly taken: number;
  readonly maxRssMb: number;
}

/** Publishes at one rate for `seconds`, and waits until the reader has all of it, or gets no more. */
export async function holdRate(
  kind: ReaderKind,
  brokerUrl: string,
  { eventsPerSecond, seconds }: { readonly eventsPerSecond: number; readonly seconds: number },
): Promise<Held> {
  const reader = await kind.start(brokerUrl);
  try {
    const publisher = await startPublisher({ brokerUrl, tasks: null, isBatched: true, eventsPerSecond });
    const publishing = publisher.publish();
    await Promise.race([delay(seconds * 1000), publishing]);
    publisher.stop();
    const published = await publishing;
    const { taken } = await waitUntilTaken(reader, { before: 0, expected: published[kind.counts] });
    return { ...published, taken: taken / published[kind.counts], maxRssMb: reader.usage().maxRssMb };
  } finally {
    await reader.stop();
  }
}
