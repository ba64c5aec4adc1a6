import { jsonRows } from "./json-rows";
import { integer, toNumber } from "./sql";
import type { Store } from "./store";

const BUCKET_MS = 10_000;
const MAX_POINTS = 300;

/** Tasks that ended, or were retried, in the time from `at` (epoch ms) to the next point. */
export interface ThroughputPoint {
  readonly at: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly retried: number;
}

export interface Throughput {
  readonly bucketSeconds: number;
  /** Oldest first, none left out; the last one is still filling. */
  readonly points: readonly ThroughputPoint[];
}

type Row = { readonly [Key in keyof ThroughputPoint]: number | bigint };

/** Adds the counts to the buckets of ten seconds in which they fall. */
export async function addThroughput(store: Store, points: readonly ThroughputPoint[]): Promise<void> {
  const buckets = new Map<number, { at: number; succeeded: number; failed: number; retried: number }>();
  for (const point of points) {
    const at = Math.floor(point.at / BUCKET_MS) * BUCKET_MS;
    const bucket = buckets.get(at) ?? { at, succeeded: 0, failed: 0, retried: 0 };
    bucket.succeeded += point.succeeded;
    bucket.failed += point.failed;
    bucket.retried += point.retried;
    buckets.set(at, bucket);
  }
  if (buckets.size === 0) return;
  const rows = jsonRows(store.provider, [...buckets.values()], {
    at: "bigint",
    succeeded: "integer",
    failed: "integer",
    retried: "integer",
  });
  await store.client.$executeRaw`
    INSERT INTO throughput (at, succeeded, failed, retried)
    SELECT at, succeeded, failed, retried FROM ${rows} WHERE true
    ON CONFLICT (at) DO UPDATE SET succeeded = throughput.succeeded + excluded.succeeded,
      failed = throughput.failed + excluded.failed, retried = throughput.retried + excluded.retried`;
}

/** What ended in the `minutes` before `now` (epoch ms), in at most `points` (and 300) equal steps. */
export async function getThroughput(
  store: Store,
  range: { readonly minutes: number; readonly points: number; readonly now: number },
): Promise<Throughput> {
  const points = Math.max(1, Math.min(range.points, MAX_POINTS));
  const step = Math.ceil((range.minutes * 60_000) / points / BUCKET_MS) * BUCKET_MS;
  const last = Math.floor(range.now / step) * step;
  const count = Math.min(points, Math.ceil((range.minutes * 60_000) / step));
  const first = last - (count - 1) * step;
  const rows = await store.client.$queryRaw<Row[]>`
    SELECT min(at) AS at, sum(succeeded) AS succeeded, sum(failed) AS failed, sum(retried) AS retried
    FROM throughput WHERE at >= ${first} AND at < ${last + step}
    GROUP BY (at - ${integer(first)}) / ${integer(step)}`;
  const found = new Map(rows.map((row) => [Math.floor((toNumber(row.at) - first) / step), row]));
  return {
    bucketSeconds: step / 1000,
    points: Array.from({ length: count }, (_, index) => toPoint(first + index * step, found.get(index))),
  };
}

/** Failures (retries not counted) since `at`, epoch ms, to the ten seconds. */
export async function countFailedSince(store: Store, at: number): Promise<number> {
  const [row] = await store.client.$queryRaw<{ failed: number | bigint | null }[]>`
    SELECT sum(failed) AS failed FROM throughput WHERE at >= ${Math.floor(at / BUCKET_MS) * BUCKET_MS}`;
  return toNumber(row?.failed ?? 0);
}

/** Deletes the buckets before `at`, epoch ms: at most 8,640 a day. */
export async function deleteThroughputBefore(store: Store, at: number): Promise<number> {
  return store.client.$executeRaw`DELETE FROM throughput WHERE at < ${at}`;
}

function toPoint(at: number, row: Row | undefined): ThroughputPoint {
  return {
    at,
    succeeded: toNumber(row?.succeeded ?? 0),
    failed: toNumber(row?.failed ?? 0),
    retried: toNumber(row?.retried ?? 0),
  };
}
