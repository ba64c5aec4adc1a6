import { joinSql, sql, toNumber } from "./sql";
import type { Store } from "./store";

/** What the store takes on its disk, in bytes. */
export interface UsedBytes {
  /** What the rows and their indexes take: what is deleted counts no more, or, on PostgreSQL, once it is vacuumed. */
  readonly used: number;
  /** SQLite's file, whose free pages are written again; null on PostgreSQL. */
  readonly file: number | null;
}

/** How much the store takes now: a few milliseconds. */
export async function getUsedBytes(store: Store): Promise<UsedBytes> {
  if (store.provider === "sqlite") {
    const [row] = await store.client.$queryRaw<{ pages: number; free: number; size: number }[]>`
      SELECT page_count AS pages, freelist_count AS free, page_size AS size
      FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`;
    const { pages = 0, free = 0, size = 0 } = row ?? {};
    return { used: (Number(pages) - Number(free)) * Number(size), file: Number(pages) * Number(size) };
  }
  const sizes = await listTableSizes(store);
  return { used: [...sizes.values()].reduce((sum, { bytes }) => sum + bytes, 0), file: null };
}

/** What PostgreSQL says of one of our tables. */
export interface TableSize {
  /** With its indexes. */
  readonly bytes: number;
  /** As of the last time that PostgreSQL looked; null before. */
  readonly rows: number | null;
}

/** On PostgreSQL: the sizes of our own tables by their names. */
export async function listTableSizes(store: Store): Promise<ReadonlyMap<string, TableSize>> {
  const rows = await store.client.$queryRaw<
    { name: string; bytes: bigint | number | null; rows: number | null }[]
  >(sql`
    SELECT c.relname::text AS name, pg_total_relation_size(c.oid) AS bytes,
      coalesce(s.n_live_tup, c.reltuples)::double precision AS rows
    FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND (c.relname IN (${joinSql([...STORE_TABLES])}) OR c.relname ~ '^task_slice_[0-9]+$')`);
  return new Map(
    rows.map(({ name, bytes, rows: count }) => [
      name,
      { bytes: toNumber(bytes ?? 0), rows: count === null || count < 0 ? null : Math.round(count) },
    ]),
  );
}

/** Our own tables, but for the slices: a database may be shared with others. */
const STORE_TABLES = [
  ...["task_open", "task_slice", "size_drop", "task_type", "throughput", "event_gap"],
  ...["number_series", "number_minute", "number_hour", "kwarg_name"],
  ...["worker", "worker_sample", "queue", "queue_sample"],
  ...["batch", "batch_item", "redispatch", "action", "kept_row", "captured_args"],
  ...["change", "lease", "collector_status", "schema_migration"],
] as const;
