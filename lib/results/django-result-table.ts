import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { AppError } from "@/lib/errors";
import type { ResultConnection } from "./database/connection";
import { parseInstantText } from "./instant-text";
import type {
  ResultCount,
  ResultCursor,
  ResultExtent,
  ResultFilter,
  ResultPage,
  ResultRow,
  ResultRowDetail,
  ResultSort,
  ResultTable,
  ResultTableShape,
  ResultTableStatus,
  RowChoice,
} from "./results";
import { LIST_TEXT_CHARS } from "./results";
import { COLUMN, TABLE } from "./sql/columns";
import type { Dialect } from "./sql/dialect";
import { filterSql } from "./sql/filter-sql";
import { orderSql } from "./sql/order-sql";
import {
  detailFieldsSql,
  type RawRow,
  type RawRowDetail,
  readRow,
  readRowDetail,
  rowFieldsSql,
} from "./sql/row-sql";

const MAX_LIST_ARGS = 1_000;

/** The table of django-celery-results 2.0 and later, on any of the three databases. */
export class DjangoResultTable implements ResultTable {
  readonly provider: ResultTable["provider"];
  readonly #maskedUrl: string;
  readonly #connection: ResultConnection<ResultTableShape>;
  readonly #dialect: Dialect;

  constructor(parts: {
    readonly provider: ResultTable["provider"];
    readonly maskedUrl: string;
    readonly connection: ResultConnection<ResultTableShape>;
    readonly dialect: Dialect;
  }) {
    this.provider = parts.provider;
    this.#maskedUrl = parts.maskedUrl;
    this.#connection = parts.connection;
    this.#dialect = parts.dialect;
  }

  getStatus(): ResultTableStatus {
    return { ...this.#connection.getStatus(), url: this.#maskedUrl };
  }

  getShape(): Promise<ResultTableShape> {
    return this.#connection.getShape();
  }

  async list(
    filter: ResultFilter,
    sort: ResultSort,
    limit: number,
    after: ResultCursor | null,
    { withArgs = true, ...choice }: RowChoice = {},
  ): Promise<ResultPage> {
    const found = await this.#connection.query<RawRow & { sort_key: string | null }>((shape) => {
      const order = orderSql(this.#dialect, sort, shape);
      const where = filterSql(this.#dialect, filter);
      return sql`
        SELECT ${rowFieldsSql(this.#dialect, shape, { ...choice, chars: withArgs ? LIST_TEXT_CHARS : 0 })}, ${order.key} AS sort_key
        FROM ${TABLE}
        WHERE ${after === null ? where : sql`${where} AND ${order.after(after)}`}
        ORDER BY ${order.orderBy}
        LIMIT ${limit + 1}`;
    });
    const page = found.slice(0, limit);
    const cursors = page.map((row) => ({ sort, value: row.sort_key, rowId: row.row_id }));
    return {
      rows: page.map(readRow),
      cursors,
      next: found.length > limit ? (cursors.at(-1) ?? null) : null,
    };
  }

  async count(filter: ResultFilter, cap: number): Promise<ResultCount> {
    const [row] = await this.#connection.query<{ count: unknown }>(
      () => sql`
        SELECT count(*) AS count FROM (
          SELECT 1 AS one FROM ${TABLE} WHERE ${filterSql(this.#dialect, filter)}
          LIMIT ${cap + 1}
        ) AS matching`,
    );
    const count = Number(row?.count ?? 0);
    return { count: Math.min(count, cap), exact: count <= cap };
  }

  async measure(filter: ResultFilter, cap: number): Promise<ResultExtent | null> {
    // The limit keeps the databases from looking for it along the index on date_done, through all that doesn't match.
    const [row] = await this.#connection.query<{ oldest: string | null; count: unknown }>(
      () => sql`
        SELECT ${this.#dialect.instantText(sql`min(matching.done)`)} AS oldest, count(*) AS count FROM (
          SELECT ${COLUMN.doneAt} AS done FROM ${TABLE} WHERE ${filterSql(this.#dialect, filter)}
          LIMIT ${cap + 1}
        ) AS matching`,
    );
    const count = Number(row?.count ?? 0);
    const oldest = parseInstantText(row?.oldest ?? null);
    return oldest === null || count > cap ? null : { count, oldest };
  }

  async get(taskId: string): Promise<ResultRowDetail | null> {
    const rows = await this.#connection.query<RawRowDetail>(
      (shape) => sql`
        SELECT ${detailFieldsSql(this.#dialect, shape)} FROM ${TABLE}
        WHERE ${this.#hasId([taskId])}`,
    );
    return rows[0] === undefined ? null : readRowDetail(rows[0]);
  }

  async listArgs(
    taskIds: readonly string[],
    choice: Omit<RowChoice, "withArgs"> = {},
  ): Promise<readonly ResultRow[]> {
    if (taskIds.length === 0) return [];
    if (taskIds.length > MAX_LIST_ARGS) {
      throw new AppError("bad_request", `ids takes at most ${MAX_LIST_ARGS} ids at a time.`);
    }
    const rows = await this.#connection.query<RawRow>(
      (shape) => sql`
        SELECT ${rowFieldsSql(this.#dialect, shape, choice)} FROM ${TABLE}
        WHERE ${this.#hasId(taskIds)}`,
    );
    return rows.map(readRow);
  }

  async listNames(limit: number): Promise<readonly string[]> {
    const rows = await this.#connection.query<{ name: string }>(() =>
      this.#dialect.distinct(COLUMN.name, TABLE, limit),
    );
    return rows.map(({ name }) => name).sort();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #hasId(taskIds: readonly string[]): Sql {
    return filterSql(this.#dialect, { ids: taskIds });
  }
}
