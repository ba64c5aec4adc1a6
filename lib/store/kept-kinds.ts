import { rawSql, sql, toNumberOrNull } from "./sql";
import type { Store } from "./store";
import type { TableSize } from "./table-sizes";

/** Rows counted of a table: some milliseconds. */
const COUNT_LIMIT = 100_000;

/** What the store keeps, beside the tasks that ended. */
const STORED_KINDS = [
  "unfinished-tasks",
  "numbers-by-minute",
  "numbers-by-hour",
  "queue-samples",
  "worker-samples",
  "activity",
  "kept-rows",
  "captured-args",
  "batches",
] as const;
export type StoredKind = (typeof STORED_KINDS)[number];

interface KindTables {
  /** The one whose rows are counted comes first. */
  readonly tables: readonly string[];
  /** The index's column that tells a row's time. */
  readonly time: string;
  /** Added to the time. */
  readonly offset?: number;
}

const TABLES: Readonly<Record<StoredKind, KindTables>> = {
  "unfinished-tasks": { tables: ["task_open"], time: "sort_at", offset: 1e15 },
  "numbers-by-minute": { tables: ["number_minute"], time: "at" },
  "numbers-by-hour": { tables: ["number_hour", "number_series"], time: "at" },
  "queue-samples": { tables: ["queue_sample"], time: "at" },
  "worker-samples": { tables: ["worker_sample"], time: "at" },
  activity: { tables: ["action"], time: "at" },
  "kept-rows": { tables: ["kept_row"], time: "kept_at" },
  "captured-args": { tables: ["captured_args"], time: "at" },
  batches: { tables: ["batch", "batch_item", "redispatch"], time: "created_at" },
};

/** Rows of one kind. */
export interface KeptKind {
  readonly kind: StoredKind;
  /** Capped at 100,000 where `exact` is false; then `estimate` is what PostgreSQL believes, null on SQLite. */
  readonly rows: { readonly count: number; readonly exact: boolean; readonly estimate: number | null };
  /** With indexes; null on SQLite, which would have to go through all pages. */
  readonly bytes: number | null;
  /** Epoch ms; null when there is none. */
  readonly oldestAt: number | null;
}

/** What is kept of each kind; `sizes` are those of PostgreSQL's tables, null on SQLite. */
export async function listKeptKinds(
  store: Store,
  sizes: ReadonlyMap<string, TableSize> | null,
): Promise<readonly KeptKind[]> {
  const kinds: KeptKind[] = [];
  for (const kind of STORED_KINDS) {
    const { tables, time, offset = 0 } = TABLES[kind];
    const table = tables[0] ?? "";
    const [row] = await store.client.$queryRaw<{ count: number | bigint; oldest: number | bigint | null }[]>(
      sql`SELECT (SELECT count(*) FROM (SELECT 1 FROM ${rawSql(table)} LIMIT ${COUNT_LIMIT + 1}) AS t) AS count,
        (SELECT min(${rawSql(time)}) FROM ${rawSql(table)}) AS oldest`,
    );
    const count = Number(row?.count ?? 0);
    const oldest = toNumberOrNull(row?.oldest ?? null);
    const exact = count <= COUNT_LIMIT;
    kinds.push({
      kind,
      rows: {
        count: Math.min(count, COUNT_LIMIT),
        exact,
        estimate: exact ? null : (sizes?.get(table)?.rows ?? null),
      },
      bytes: sizes && tables.reduce((sum, name) => sum + (sizes.get(name)?.bytes ?? 0), 0),
      oldestAt: oldest === null ? null : oldest - offset,
    });
  }
  return kinds;
}
