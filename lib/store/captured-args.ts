import { jsonRows } from "./json-rows";
import { sql, toNumber } from "./sql";
import type { Store } from "./store";

/** A task's real args as JSON texts. `name` is null where the worker didn't say it. */
export interface CapturedArgs {
  readonly taskId: string;
  readonly name: string | null;
  readonly args: string;
  readonly kwargs: string;
}

const COLUMNS = {
  task_id: "text",
  at: "bigint",
  size: "bigint",
  name: "text",
  args: "text",
  kwargs: "text",
} as const;

/** Rows of one statement that makes room: nobody else writes an SQLite store meanwhile. */
const DELETED_AT_ONCE = 500;

/** Keeps what workers said at `at` (epoch ms), over what an earlier attempt of the same task had. */
export async function saveCapturedArgs(
  store: Store,
  captured: readonly CapturedArgs[],
  at: number,
): Promise<void> {
  if (captured.length === 0) return;
  const unique = new Map(captured.map((call) => [call.taskId, call]));
  const rows = [...unique.values()].map(({ taskId, ...call }) => ({
    task_id: taskId,
    at,
    size: sizeOf(call),
    ...call,
  }));
  await store.client.$executeRaw`
    INSERT INTO captured_args (task_id, at, size, name, args, kwargs)
    SELECT task_id, at, size, name, args, kwargs FROM ${jsonRows(store.provider, rows, COLUMNS)} WHERE true
    ON CONFLICT (task_id) DO UPDATE SET at = excluded.at, size = excluded.size, name = excluded.name,
      args = excluded.args, kwargs = excluded.kwargs`;
}

/** What was captured of these tasks; at most a few thousand ids at once. */
export async function listCapturedArgs(
  store: Store,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, CapturedArgs>> {
  if (taskIds.length === 0) return new Map();
  const wanted = jsonRows(
    store.provider,
    taskIds.map((id) => ({ wanted_id: id })),
    { wanted_id: "text" },
  );
  const rows = await store.client.$queryRaw<
    { task_id: string; name: string | null; args: string; kwargs: string }[]
  >(
    sql`SELECT task_id, name, args, kwargs FROM captured_args WHERE task_id IN (SELECT wanted_id FROM ${wanted})`,
  );
  return new Map(rows.map(({ task_id, ...call }) => [task_id, { taskId: task_id, ...call }]));
}

/** Characters of all that is kept. */
export async function measureCapturedArgs(store: Store): Promise<number> {
  const [row] = await store.client.$queryRaw<{ size: number | bigint | string }[]>`
    SELECT coalesce(sum(size), 0) AS size FROM captured_args`;
  return toNumber(row?.size ?? 0);
}

/** Deletes the oldest until at most `maxSize` characters are left; returns how many are. */
export async function shrinkCapturedArgs(store: Store, maxSize: number): Promise<number> {
  for (;;) {
    const size = await measureCapturedArgs(store);
    if (size <= maxSize) return size;
    const deleted = await store.client.$executeRaw`
      DELETE FROM captured_args WHERE task_id IN (SELECT task_id FROM captured_args ORDER BY at LIMIT ${DELETED_AT_ONCE})`;
    if (deleted === 0) return size;
  }
}

/** Deletes up to `limit` that were captured before `at`, epoch ms; returns how many. */
export async function deleteCapturedArgsBefore(store: Store, at: number, limit: number): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM captured_args WHERE task_id IN (SELECT task_id FROM captured_args WHERE at < ${at} ORDER BY at LIMIT ${limit})`;
}

/** Characters that a captured call takes. */
export function sizeOf({ args, kwargs }: Pick<CapturedArgs, "args" | "kwargs">): number {
  return args.length + kwargs.length;
}
