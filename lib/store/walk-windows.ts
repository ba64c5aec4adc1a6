import { type Sql, sql } from "./sql";
import { firstOfTables } from "./take-in-order";
import { afterTaskCursor, andMaybe, type StoredTaskCursor, taskOrder } from "./task-query";
import type { TaskTable } from "./task-tables";

/** Rows looked at in one statement: nothing else runs in SQLite's thread meanwhile. */
const WINDOW_ROWS = 2_000;
/** Rows looked at for one request: a search that finds little stops here and says how far it came. */
export const SCAN_LIMIT = 100_000;
const MAX_TABLES = 16;

/** Where the rows are that are looked through: tables that follow one another in the order of `sort`. */
export interface Windows {
  readonly tables: readonly TaskTable[];
  readonly sort: "-finishedAt" | "finishedAt";
  readonly indexed: Sql;
  readonly after: StoredTaskCursor | null;
}

/** What a look at a window saw: how many rows, and the last of them; null for none. */
export interface SeenWindow {
  readonly seen: number;
  readonly last: { readonly sortAt: number; readonly id: string } | null;
  /** Whether there is no need to look further. */
  readonly isEnough: boolean;
}

/**
 * Has `look` judge window after window of rows (a table expression, with their `rank` from 1 on and whether one `is_last`), in the
 * order of time. Returns `end` when there are no more rows, `enough`, or `limit` after 100,000 rows.
 */
export async function walkWindows(
  { tables, sort, indexed, after: start }: Windows,
  look: (window: Sql) => Promise<SeenWindow>,
): Promise<"end" | "enough" | "limit"> {
  let after = start;
  let scanned = 0;
  // A table with a whole window of rows is looked at alone; where there are few rows, several tables at once.
  for (let place = 0, size = 1; place < tables.length; ) {
    const limit = Math.min(WINDOW_ROWS, SCAN_LIMIT - scanned);
    const part = tables.slice(place, place + size);
    const where = andMaybe(indexed, after && afterTaskCursor(after));
    const { seen, last, isEnough } = await look(numberRows(part, { where, order: taskOrder(sort), limit }));
    if (isEnough) return "enough";
    scanned += seen;
    if (scanned >= SCAN_LIMIT) return "limit";
    if (seen < limit || last === null) {
      place += size;
      size = Math.min(size * 2, MAX_TABLES);
    } else {
      const { sortAt } = last;
      while (!holds(tables[place], sortAt)) place += 1;
      size = 1;
      after = { sort, value: null, ...last };
    }
  }
  return "end";
}

function holds(table: TaskTable | undefined, sortAt: number): boolean {
  return table === undefined || (sortAt >= table.from && sortAt < table.until);
}

function numberRows(
  tables: readonly TaskTable[],
  { where, order, limit }: { readonly where: Sql; readonly order: Sql; readonly limit: number },
): Sql {
  return sql`(
    SELECT t.*, row_number() OVER ordered AS rank, lead(1) OVER ordered IS NULL AS is_last
    FROM ${firstOfTables(tables, { columns: sql`*`, where, order, limit })} AS t
    WINDOW ordered AS (ORDER BY ${order}))`;
}
