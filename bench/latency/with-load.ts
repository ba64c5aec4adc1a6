import { setTimeout as delay } from "node:timers/promises";
import { startPublisher } from "../ingest/publish-events";
import type { EventsToPublish, PublishedEvents } from "../ingest/publish-process";

/** Until then what a start costs is over. */
const WARM_UP_MS = 3_000;

/** Does `work` while events are published at a steady rate; says what they were, and what the work made. */
export async function withLoad<T>(
  load: Pick<EventsToPublish, "brokerUrl" | "eventsPerSecond" | "isBatched">,
  work: () => Promise<T>,
): Promise<{ readonly published: PublishedEvents; readonly made: T }> {
  const publisher = await startPublisher({ ...load, tasks: null });
  const publishing = publisher.publish();
  // It is awaited below, unless the work fails.
  publishing.catch(() => undefined);
  try {
    await delay(WARM_UP_MS);
    const made = await work();
    publisher.stop();
    return { published: await publishing, made };
  } finally {
    publisher.stop();
  }
}
