import type { ReaderKind } from "./event-reader";
import { type Published, publishToReader } from "./publish-to-reader";

/** Publishes the events of so many tasks all at once. */
export async function measureBurst(
  kind: ReaderKind,
  brokerUrl: string,
  { tasks, isBatched }: { readonly tasks: number; readonly isBatched: boolean },
): Promise<Published> {
  const reader = await kind.start(brokerUrl);
  try {
    return await publishToReader(reader, kind.counts, { brokerUrl, tasks, isBatched, eventsPerSecond: null });
  } finally {
    await reader.stop();
  }
}
