import { setTimeout as delay } from "node:timers/promises";
import type { ReaderKind } from "./event-reader";
import { startPublisher } from "./publish-events";
import type { PublishedEvents } from "./publish-process";
import { waitUntilTaken } from "./wait-until-taken";

/** From one burst to the next, which is no part of the first then: with all of it stored, some seconds are left. */
const PAUSE_MS = 15_000;

export interface Bursts {
  readonly bursts: number;
  /** Tasks of each, whose events are published all at once. */
  readonly tasks: number;
  readonly isBatched: boolean;
  /** What comes all the while beside them. */
  readonly eventsPerSecond: number;
}

/** Publishes bursts beside a steady stream; says how many events that were, and which share of them was taken in, at last. */
export async function measureBursts(
  kind: ReaderKind,
  brokerUrl: string,
  { bursts, tasks, isBatched, eventsPerSecond }: Bursts,
): Promise<{ readonly events: number; readonly taken: number }> {
  const reader = await kind.start(brokerUrl);
  const steady = await startPublisher({ brokerUrl, tasks: null, isBatched, eventsPerSecond });
  try {
    const before = (await reader.count()) ?? 0;
    const streaming = steady.publish();
    const published: PublishedEvents[] = [];
    for (let burst = 0; burst < bursts; burst++) {
      if (burst > 0) await delay(PAUSE_MS);
      const publisher = await startPublisher({ brokerUrl, tasks, isBatched, eventsPerSecond: null });
      published.push(await publisher.publish());
    }
    steady.stop();
    published.push(await streaming);
    const sum = (key: "events" | "ends") => published.reduce((total, part) => total + part[key], 0);
    const { taken } = await waitUntilTaken(reader, { before, expected: sum(kind.counts) });
    return { events: sum("events"), taken: taken / sum(kind.counts) };
  } finally {
    steady.stop();
    await reader.stop();
  }
}
