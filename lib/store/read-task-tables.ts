import type { Store } from "./store";
import { isTableMissing } from "./store-error";
import { listTaskTables, type TaskTable } from "./task-tables";

/** A slice begins, or is dropped, some times a day, or in a minute at the highest rates. */
const MAX_TRIES = 5;

/** The tables as they were when a store was last read. */
const lastSeen = new WeakMap<Store["client"], readonly TaskTable[]>();

/**
 * Returns what `read` makes of the tables of tasks. When they are others afterwards, because a slice began or was dropped, it reads
 * again: what it has may lack the tasks that moved, or a table was gone.
 */
export async function readTaskTables<T>(
  store: Store,
  read: (tables: readonly TaskTable[]) => Promise<T>,
): Promise<T> {
  // Looked at afterwards, those of the last time will do: one query less before each page.
  let tables = lastSeen.get(store.client) ?? (await listTaskTables(store));
  for (let tries = 1; ; tries++) {
    const result = await read(tables).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ("error" in result && !isTableMissing(result.error)) throw result.error;
    const now = await listTaskTables(store);
    lastSeen.set(store.client, now);
    if ("value" in result && (isSame(tables, now) || tries === MAX_TRIES)) return result.value;
    if ("error" in result && tries === MAX_TRIES) throw result.error;
    tables = now;
  }
}

function isSame(tables: readonly TaskTable[], others: readonly TaskTable[]): boolean {
  return (
    tables.length === others.length &&
    tables.every(({ name, until }, place) => name === others[place]?.name && until === others[place].until)
  );
}
