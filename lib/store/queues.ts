import { AppError } from "@/lib/errors";
import { jsonRows, toStorableJson, toStorableText } from "./json-rows";
import { rawSql, type Sql, sql, toNumber } from "./sql";
import type { Store } from "./store";

const MAX_QUEUES = 2_000;
const MINUTE_MS = 60_000;
const BROKER_ID = "broker";

/** One look at one queue: lib/broker's QueueSample, which this layer doesn't know. null is "cannot be known". */
interface StoredQueueSample {
  readonly name: string;
  readonly depth: number;
  readonly unacked: number | null;
  readonly consumers: number | null;
  readonly byPriority: Readonly<Record<string, number>> | null;
  readonly oldestWaitingSeconds: number | null;
  readonly oldestWaitingIsMinimum: boolean;
  readonly publishPerSecond: number | null;
  readonly ackPerSecond: number | null;
  readonly source: "redis" | "management" | "amqp";
}

/** One look at all queues: lib/broker's BrokerSample. Times are epoch ms. */
export interface StoredBrokerSample extends BrokerTotals {
  readonly queues: readonly StoredQueueSample[];
}

/** What the last look saw of the broker as a whole. Times are epoch ms. */
export interface BrokerTotals {
  readonly at: number;
  readonly unackedTotal: number | null;
  readonly oldestUnackedAt: number | null;
  /** Messages that the broker itself holds back until their eta; absent or null: none, or unknown. */
  readonly delayed?: number | null;
}

/** The newest look at a queue. */
export interface StoredQueue extends StoredQueueSample {
  /** Epoch ms. */
  readonly sampledAt: number;
}

/** Keeps the sample as the newest of its queues, in the history of seconds and, as its last, in that of minutes. */
export async function saveBrokerSample(store: Store, sample: StoredBrokerSample): Promise<void> {
  const totals = toStorableJson({
    at: sample.at,
    unackedTotal: sample.unackedTotal,
    oldestUnackedAt: sample.oldestUnackedAt,
    delayed: sample.delayed ?? null,
  });
  await store.client.$executeRaw`
    INSERT INTO collector_status (id, status, updated_at) VALUES (${BROKER_ID}, ${totals}, ${sample.at})
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, updated_at = excluded.updated_at`;
  if (sample.queues.length === 0) return;
  await saveNewest(store, sample);
  await saveHistory(store, sample);
}

/** The newest look at each queue, by name; at most 2,000. Older `sampledAt`: the broker no longer has it. */
export async function listQueues(store: Store): Promise<readonly StoredQueue[]> {
  const rows = await store.client.$queryRaw<QueueRow[]>`
    SELECT sample, sampled_at FROM queue ORDER BY name LIMIT ${MAX_QUEUES}`;
  return rows.map(toStoredQueue);
}

/** The newest look at one queue. Throws AppError `not_found` for a queue that was not seen for a day, or never. */
export async function getQueueOrRefuse(store: Store, name: string): Promise<StoredQueue> {
  const [row] = await store.client.$queryRaw<QueueRow[]>`
    SELECT sample, sampled_at FROM queue WHERE name = ${toStorableText(name)}`;
  if (row === undefined) throw new AppError("not_found", `No queue ${JSON.stringify(name)} was seen.`);
  return toStoredQueue(row);
}

/** What the last look saw of the broker as a whole, or null before the first. */
export async function getBrokerTotals(store: Store): Promise<BrokerTotals | null> {
  const [row] = await store.client.$queryRaw<{ status: string }[]>`
    SELECT status FROM collector_status WHERE id = ${BROKER_ID}`;
  // Written by saveBrokerSample, nothing else writes this row.
  return row ? (JSON.parse(row.status) as BrokerTotals) : null;
}

/** Forgets the queues that were last seen before `at`, epoch ms. Returns how many. */
export async function deleteQueuesBefore(store: Store, at: number): Promise<number> {
  return store.client.$executeRaw`DELETE FROM queue WHERE sampled_at < ${at}`;
}

interface QueueRow {
  readonly sample: string;
  readonly sampled_at: number | bigint;
}

function toStoredQueue(row: QueueRow): StoredQueue {
  // Written by saveNewest, nothing else writes this column.
  const sample = JSON.parse(row.sample) as StoredQueueSample;
  return { ...sample, sampledAt: toNumber(row.sampled_at) };
}

async function saveNewest(store: Store, { at, queues }: StoredBrokerSample): Promise<void> {
  const rows = queues.map((queue) => ({ name: queue.name, sampled_at: at, sample: toStorableJson(queue) }));
  const table = jsonRows(store.provider, rows, { name: "text", sampled_at: "bigint", sample: "text" });
  await store.client.$executeRaw`
    INSERT INTO queue (name, sampled_at, sample) SELECT name, sampled_at, sample FROM ${table} WHERE true
    ON CONFLICT (name) DO UPDATE SET sampled_at = excluded.sampled_at, sample = excluded.sample`;
}

async function saveHistory(store: Store, { at, queues }: StoredBrokerSample): Promise<void> {
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const rows = queues.flatMap((queue) =>
    [
      { every_seconds: 1, at },
      { every_seconds: 60, at: minute },
    ].map((row) => ({
      queue: queue.name,
      ...row,
      depth: queue.depth,
      unacked: queue.unacked,
      oldest_seconds: queue.oldestWaitingSeconds,
    })),
  );
  const table = jsonRows(store.provider, rows, {
    queue: "text",
    every_seconds: "integer",
    at: "bigint",
    depth: "bigint",
    unacked: "bigint",
    oldest_seconds: "double precision",
  });
  const columns = sql`queue, every_seconds, at, depth, unacked, oldest_seconds`;
  await store.client.$executeRaw`
    INSERT INTO queue_sample (${columns}) SELECT ${columns} FROM ${table} WHERE true
    ON CONFLICT (queue, every_seconds, at) DO UPDATE SET
      ${largest("depth")}, ${largest("unacked")}, ${largest("oldest_seconds")}`;
}

/** Keeps a minute's largest value, so that a backlog which came and went within it is seen. */
function largest(column: string): Sql {
  const [kept, told] = [rawSql(`queue_sample.${column}`), rawSql(`excluded.${column}`)];
  return sql`${rawSql(column)} = CASE WHEN ${kept} IS NULL OR ${told} > ${kept} THEN ${told} ELSE ${kept} END`;
}
