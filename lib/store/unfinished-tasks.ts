import { sql, toNumber } from "./sql";
import type { Store } from "./store";
import { UNFINISHED_SORT_AT } from "./task-row";

/** A page of ids, and where the next one begins; null at the end. */
export interface UnfinishedPage {
  readonly ids: readonly string[];
  readonly next: string | null;
}

/** Ids of the tasks that have not ended and last changed before `before` (epoch ms), the latest first; keyset-paged by `after`. */
export async function listUnfinishedIds(
  store: Store,
  {
    before,
    after,
    limit,
  }: { readonly before: number; readonly after: string | null; readonly limit: number },
): Promise<UnfinishedPage> {
  const [sortAt, id] = after === null ? [UNFINISHED_SORT_AT + before, ""] : readCursor(after);
  const rest = after === null ? sql`sort_at < ${sortAt}` : sql`(sort_at, id) < (${sortAt}, ${id})`;
  const rows = await store.client.$queryRaw<{ id: string; sort_at: number | bigint }[]>`
    SELECT id, sort_at FROM task_open WHERE ${rest}
    ORDER BY sort_at DESC, id DESC LIMIT ${limit}`;
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    ids: rows.map((row) => row.id),
    next: last === undefined ? null : `${toNumber(last.sort_at)} ${last.id}`,
  };
}

/**
 * Deletes up to `limit` tasks that have not ended and last changed before `at`, epoch ms. Returns how many; fewer than `limit`
 * means that none is left.
 */
export async function deleteUnfinishedBefore(store: Store, at: number, limit: number): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM task_open WHERE id IN (
      SELECT id FROM task_open WHERE sort_at < ${UNFINISHED_SORT_AT + at} ORDER BY sort_at LIMIT ${limit})`;
}

function readCursor(cursor: string): [number, string] {
  const space = cursor.indexOf(" ");
  return [Number(cursor.slice(0, space)), cursor.slice(space + 1)];
}
