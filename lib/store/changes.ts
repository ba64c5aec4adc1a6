import { jsonRows } from "./json-rows";
import { toNumber } from "./sql";
import type { Store } from "./store";

/** Raises the version of each topic by one: the webs that tail them tell their browsers. */
export async function bumpTopics(store: Store, topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return;
  // Sorted, so that two writers that bump the same topics can't deadlock on PostgreSQL.
  const rows = [...new Set(topics)].sort().map((topic) => ({ topic }));
  await store.client.$executeRaw`
    INSERT INTO change (topic, version) SELECT topic, 1 FROM ${jsonRows(store.provider, rows, { topic: "text" })}
    WHERE true ON CONFLICT (topic) DO UPDATE SET version = change.version + 1`;
}

/** Topic → version; a topic that never moved is absent. */
export async function listTopicVersions(store: Store): Promise<ReadonlyMap<string, number>> {
  const rows = await store.client.$queryRaw<{ topic: string; version: number | bigint }[]>`
    SELECT topic, version FROM change`;
  return new Map(rows.map((row) => [row.topic, toNumber(row.version)]));
}
