import { toNumber } from "./sql";
import type { Store } from "./store";

/** More revokes of one task than anybody makes. */
const MAX_ROWS = 20;

/** A row of the result table as it was before a revoke, which may overwrite it. */
export interface KeptRow {
  readonly taskId: string;
  /** Epoch ms. */
  readonly keptAt: number;
  /** JSON of lib/history/kept-row-json.ts. */
  readonly row: string;
}

/** Keeps a row; one that was kept of the same task at the same moment stays. */
export async function keepRow(store: Store, { taskId, keptAt, row }: KeptRow): Promise<void> {
  await store.client.$executeRaw`
    INSERT INTO kept_row (task_id, kept_at, "row") VALUES (${taskId}, ${keptAt}, ${row}) ON CONFLICT DO NOTHING`;
}

/** Drops what was kept for a revoke that was not sent. */
export async function dropKeptRow(store: Store, taskId: string, keptAt: number): Promise<void> {
  await store.client.keptRow.deleteMany({ where: { taskId, keptAt } });
}

/** The rows that were kept of a task, newest first, at most 20. */
export async function listKeptRows(store: Store, taskId: string): Promise<readonly KeptRow[]> {
  const rows = await store.client.keptRow.findMany({
    where: { taskId },
    orderBy: { keptAt: "desc" },
    take: MAX_ROWS,
  });
  return rows.map((row) => ({ ...row, keptAt: toNumber(row.keptAt) }));
}

/** Deletes up to `limit` rows kept before `at`, epoch ms. Returns how many; fewer than `limit` means that none is left. */
export async function deleteKeptRowsBefore(store: Store, at: number, limit: number): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM kept_row WHERE (task_id, kept_at) IN (
      SELECT task_id, kept_at FROM kept_row WHERE kept_at < ${at} ORDER BY kept_at LIMIT ${limit})`;
}
