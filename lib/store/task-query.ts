import { containsText, emptySql, joinSql, matchesPattern, type Sql, type StoreProvider, sql } from "./sql";
import { UNFINISHED_SORT_AT } from "./task-row";

export const STORED_TASK_SORTS = ["-finishedAt", "finishedAt", "-runtime", "name"] as const;
/** Unfinished tasks count as newer than every finished one, among themselves by their last change. */
export type StoredTaskSort = (typeof STORED_TASK_SORTS)[number];

/** A selection of the store's tasks. Lists are alternatives; fields are joined by "and"; absent means "any". */
export interface StoredTaskFilter {
  readonly states?: readonly string[];
  /** Task names; `*` matches any run of characters. */
  readonly names?: readonly string[];
  readonly workers?: readonly string[];
  readonly queues?: readonly string[];
  /** Half-open `[from, to)` on the finish time, epoch ms; either leaves unfinished tasks out. */
  readonly from?: number;
  readonly to?: number;
  /** Substring of args, kwargs, result or exception; ASCII letters match in either case. */
  readonly text?: string;
}

/** Where a page ended: the order's values in its last row. */
export interface StoredTaskCursor {
  readonly sort: StoredTaskSort;
  /** The name or the runtime, for the sorts by those; null otherwise. */
  readonly value: string | number | null;
  readonly sortAt: number;
  readonly id: string;
}

const NAME = sql`coalesce(name, '')`;
const RUNTIME = sql`coalesce(runtime_seconds, -1)`;

/** The parts of a query over `task`. */
export interface TaskQueryParts {
  /** What an index can answer: the time range and one equality. */
  readonly indexed: Sql;
  /** The rest of the filter, or null when there is none. */
  readonly residual: Sql | null;
}

/** Splits `filter` in what an index answers and what each row must be looked at for. */
export function splitTaskFilter(provider: StoreProvider, filter: StoredTaskFilter): TaskQueryParts {
  const indexed: Sql[] = [sql`1 = 1`];
  const residual: Sql[] = [];
  if (filter.from !== undefined || filter.to !== undefined) {
    indexed.push(sql`sort_at >= ${filter.from ?? 0}`);
    indexed.push(sql`sort_at < ${Math.min(filter.to ?? UNFINISHED_SORT_AT, UNFINISHED_SORT_AT)}`);
  }
  const names = filter.names ?? [];
  const exactName = names.length === 1 && !names[0]?.includes("*") ? names[0] : undefined;
  if (exactName !== undefined) indexed.push(sql`${NAME} = ${exactName}`);
  else if (names.length > 0) residual.push(anyOf(names.map((name) => matchesPattern(provider, NAME, name))));

  const states = filter.states ?? [];
  if (states.length === 1 && exactName === undefined) indexed.push(sql`state = ${states[0]}`);
  else if (states.length > 0) residual.push(sql`state IN (${joinSql([...states])})`);

  if (filter.workers?.length) residual.push(sql`worker IN (${joinSql([...filter.workers])})`);
  if (filter.queues?.length) residual.push(sql`queue IN (${joinSql([...filter.queues])})`);
  const text = filter.text;
  if (text !== undefined) {
    const columns = [sql`args`, sql`kwargs`, sql`result`, sql`exception`];
    residual.push(anyOf(columns.map((column) => containsText(provider, column, text))));
  }
  return { indexed: allOf(indexed), residual: residual.length > 0 ? allOf(residual) : null };
}

/** The ORDER BY list of a sort; each is an index, read forwards or backwards. */
export function taskOrder(sort: StoredTaskSort): Sql {
  if (sort === "-finishedAt") return sql`sort_at DESC, id DESC`;
  if (sort === "finishedAt") return sql`sort_at, id`;
  if (sort === "-runtime") return sql`${RUNTIME} DESC, id DESC`;
  return sql`${NAME}, sort_at DESC, id DESC`;
}

/** The condition for rows that come after `cursor` in its own sort. */
export function afterTaskCursor(cursor: StoredTaskCursor): Sql {
  const { sort, value, sortAt, id } = cursor;
  if (sort === "-finishedAt") return sql`(sort_at, id) < (${sortAt}, ${id})`;
  if (sort === "finishedAt") return sql`(sort_at, id) > (${sortAt}, ${id})`;
  if (sort === "-runtime") return sql`(${RUNTIME}, id) < (${Number(value ?? -1)}, ${id})`;
  const name = String(value ?? "");
  return sql`${NAME} >= ${name} AND (${NAME} > ${name} OR (sort_at, id) < (${sortAt}, ${id}))`;
}

/** `condition AND other`, where the second may be absent. */
export function andMaybe(condition: Sql, other: Sql | null): Sql {
  return other === null ? condition : sql`${condition} AND ${other}`;
}

function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? emptySql : joinSql([...conditions], " AND ");
}

function anyOf(conditions: readonly Sql[]): Sql {
  return sql`(${joinSql([...conditions], " OR ")})`;
}
