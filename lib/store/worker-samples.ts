import { jsonRows } from "./json-rows";
import { integer, sql, toNumber, toNumberOrNull } from "./sql";
import type { Store } from "./store";

const MINUTE_MS = 60_000;
const MAX_POINTS = 300;
/** Of one call of `listMemorySamples`. */
const MAX_MEMORY_ROWS = 20_000;

/** What a worker used at one look. null is "not said". */
export interface WorkerSample {
  readonly hostname: string;
  readonly pid: number | null;
  /** Largest resident set of the main process so far. */
  readonly maxRssBytes: number | null;
  /** Load average of its machine over a minute. */
  readonly load: number | null;
  readonly active: number | null;
  readonly processed: number | null;
}

/** The largest values within a step of the range, at the time of the step's last look. */
export interface WorkerHistoryPoint extends Omit<WorkerSample, "hostname" | "pid"> {
  /** Epoch ms. */
  readonly at: number;
}

export interface WorkerHistoryRange {
  readonly hostname: string;
  /** Half-open `[from, to)`, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** One look at a worker's memory. */
export interface MemorySample {
  readonly hostname: string;
  /** Epoch ms. */
  readonly at: number;
  readonly pid: number;
  readonly maxRssBytes: number;
}

type Numeric = number | bigint;

/** Keeps the samples, looked at at `at` (epoch ms), as those of their minute. */
export async function saveWorkerSamples(
  store: Store,
  samples: readonly WorkerSample[],
  at: number,
): Promise<void> {
  if (samples.length === 0) return;
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const rows = samples.map((sample) => ({
    ...{ hostname: sample.hostname, at: minute, pid: sample.pid, max_rss_bytes: sample.maxRssBytes },
    ...{ load: sample.load, active: sample.active, processed: sample.processed },
  }));
  const table = jsonRows(store.provider, rows, {
    ...{ hostname: "text", at: "bigint", pid: "integer", max_rss_bytes: "bigint" },
    ...{ load: "double precision", active: "integer", processed: "bigint" },
  });
  const columns = sql`hostname, at, pid, max_rss_bytes, load, active, processed`;
  await store.client.$executeRaw`
    INSERT INTO worker_sample (${columns}) SELECT ${columns} FROM ${table} WHERE true
    ON CONFLICT (hostname, at) DO UPDATE SET pid = excluded.pid, max_rss_bytes = excluded.max_rss_bytes,
      load = excluded.load, active = excluded.active, processed = excluded.processed`;
}

/** What a worker used over the range, oldest first, in at most `points` (and 300) points. Steps without a sample are absent. */
export async function getWorkerHistory(
  store: Store,
  range: WorkerHistoryRange,
): Promise<readonly WorkerHistoryPoint[]> {
  const points = Math.max(1, Math.min(range.points, MAX_POINTS));
  const step = Math.max(MINUTE_MS, Math.ceil((range.to - range.from) / points));
  const rows = await store.client.$queryRaw<
    {
      at: Numeric;
      rss: Numeric | null;
      load: number | null;
      active: Numeric | null;
      processed: Numeric | null;
    }[]
  >`
    SELECT max(at) AS at, max(max_rss_bytes) AS rss, max(load) AS load, max(active) AS active, max(processed) AS processed
    FROM worker_sample WHERE hostname = ${range.hostname} AND at >= ${range.from} AND at < ${range.to}
    GROUP BY (at - ${integer(range.from)}) / ${integer(step)} ORDER BY 1`;
  return rows.map((row) => ({
    at: toNumber(row.at),
    maxRssBytes: toNumberOrNull(row.rss),
    load: toNumberOrNull(row.load),
    active: toNumberOrNull(row.active),
    processed: toNumberOrNull(row.processed),
  }));
}

/** Memory of these workers since `since` (epoch ms), oldest first; at most 20,000 samples: ask for a hundred workers at a time. */
export async function listMemorySamples(
  store: Store,
  hostnames: readonly string[],
  since: number,
): Promise<readonly MemorySample[]> {
  if (hostnames.length === 0) return [];
  const wanted = jsonRows(
    store.provider,
    hostnames.map((name) => ({ wanted: name })),
    { wanted: "text" },
  );
  const rows = await store.client.$queryRaw<
    { hostname: string; at: Numeric; pid: Numeric; max_rss_bytes: Numeric }[]
  >`
    SELECT s.hostname, s.at, s.pid, s.max_rss_bytes FROM ${wanted}
      JOIN worker_sample AS s ON s.hostname = r.wanted AND s.at >= ${since}
    WHERE s.pid IS NOT NULL AND s.max_rss_bytes IS NOT NULL
    ORDER BY s.hostname, s.at LIMIT ${MAX_MEMORY_ROWS}`;
  return rows.map((row) => ({
    hostname: row.hostname,
    at: toNumber(row.at),
    pid: toNumber(row.pid),
    maxRssBytes: toNumber(row.max_rss_bytes),
  }));
}

/** Deletes up to `limit` samples from before `at`, epoch ms. Returns how many it deleted. */
export async function deleteWorkerSamplesBefore(store: Store, at: number, limit: number): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM worker_sample WHERE (hostname, at) IN (
      SELECT hostname, at FROM worker_sample WHERE at < ${at} ORDER BY at LIMIT ${limit})`;
}
