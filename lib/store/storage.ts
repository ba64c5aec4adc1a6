import { type KeptKind, listKeptKinds } from "./kept-kinds";
import { readTaskTables } from "./read-task-tables";
import { getSizeDrop, type SizeDrop } from "./size-drops";
import { rawSql, type Sql, sql, toNumberOrNull } from "./sql";
import type { Store } from "./store";
import { getUsedBytes, listTableSizes, type TableSize, type UsedBytes } from "./table-sizes";
import { listTaskSlices, type TaskSlice, type TaskTable, unionTables } from "./task-tables";

/** What is kept of the tasks that ended in a range of time. Times are epoch ms, null for the first's and the last's. */
interface KeptSlice {
  readonly from: number | null;
  readonly until: number | null;
  /** About; null where the database can't say. */
  readonly rows: number | null;
  /** Exact on PostgreSQL; on SQLite about: by how much the store grew while it was the newest. */
  readonly bytes: number | null;
  /** When the first of its tasks ended; null when it has none. */
  readonly oldestAt: number | null;
}

/** What the store keeps. */
export interface Storage extends UsedBytes {
  /** The newest first. */
  readonly slices: readonly KeptSlice[];
  readonly kinds: readonly KeptKind[];
  readonly sizeDrop: SizeDrop | null;
}

/** What the store keeps and how much room it takes, without going through the rows. */
export async function getStorage(store: Store): Promise<Storage> {
  const bytes = await getUsedBytes(store);
  const sizes = store.provider === "postgresql" ? await listTableSizes(store) : null;
  return {
    ...bytes,
    slices: await listKeptSlices(store, bytes.used, sizes),
    kinds: await listKeptKinds(store, sizes),
    sizeDrop: await getSizeDrop(store),
  };
}

interface EndsRow {
  readonly name: string;
  readonly oldest: number | bigint | null;
  readonly first_row: number | bigint | null;
  readonly last_row: number | bigint | null;
}

async function listKeptSlices(
  store: Store,
  used: number,
  sizes: ReadonlyMap<string, TableSize> | null,
): Promise<readonly KeptSlice[]> {
  return readTaskTables(store, async () => {
    const slices = await listTaskSlices(store);
    const rows = await store.client.$queryRaw<EndsRow[]>(
      unionTables(slices, sizes ? selectOldest : selectEnds),
    );
    const ends = new Map(rows.map((row) => [row.name, row]));
    return slices.map((slice, place) => {
      const { oldest = null, first_row: first = null, last_row: last = null } = ends.get(slice.name) ?? {};
      const size = sizes?.get(slice.name);
      return {
        from: Number.isFinite(slice.from) ? slice.from : null,
        until: place === 0 ? null : slice.until,
        // SQLite numbers a table's rows in their order, and few are deleted one by one.
        rows: sizes ? (size?.rows ?? null) : last === null ? 0 : Number(last) - Number(first) + 1,
        bytes: sizes ? (size?.bytes ?? null) : growthOf(slice, slices[place - 1], used),
        oldestAt: toNumberOrNull(oldest),
      };
    });
  });
}

function growthOf(slice: TaskSlice, newer: TaskSlice | undefined, used: number): number {
  return Math.max(0, (newer?.beganBytes ?? used) - slice.beganBytes);
}

function selectOldest(table: Sql, { name }: TaskTable): Sql {
  return sql`SELECT '${rawSql(name)}' AS name, min(sort_at) AS oldest FROM ${table}`;
}

/** Each by itself: SQLite takes one of them from an index's end, of two it goes through all. */
function selectEnds(table: Sql, { name }: TaskTable): Sql {
  return sql`SELECT '${rawSql(name)}' AS name, (SELECT min(sort_at) FROM ${table}) AS oldest,
    (SELECT min(rowid) FROM ${table}) AS first_row, (SELECT max(rowid) FROM ${table}) AS last_row`;
}
