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
  ResultSearchPage,
  ResultSort,
  ResultTable,
  ResultTableShape,
  ResultTableStatus,
  RowChoice,
  SearchRequest,
} from "./results";
import { countRows } from "./search/count-rows";
import { readEstimate } from "./search/read-estimate";
import type { ResultReader } from "./search/result-reader";
import { searchResults } from "./search/search-results";
import { SqlResultReader } from "./search/sql-result-reader";
import { COLUMN, TABLE } from "./sql/columns";
import type { Dialect } from "./sql/dialect";
import { filterSql } from "./sql/filter-sql";
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
  readonly #reader: ResultReader;

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
    this.#reader = new SqlResultReader(parts);
  }

  getStatus(): ResultTableStatus {
    return { ...this.#connection.getStatus(), url: this.#maskedUrl };
  }

  getShape(): Promise<ResultTableShape> {
    return this.#connection.getShape();
  }

  list(
    filter: ResultFilter,
    sort: ResultSort,
    limit: number,
    after: ResultCursor | null,
    choice: RowChoice = {},
  ): Promise<ResultPage> {
    return this.#reader.list(filter, sort, { ...choice, limit, after });
  }

  search(filter: ResultFilter, sort: ResultSort, request: SearchRequest): Promise<ResultSearchPage> {
    return searchResults(this.#reader, filter, sort, request);
  }

  async count(filter: ResultFilter, cap: number): Promise<ResultCount> {
    const count = await this.#reader.count(filter, cap);
    return { count: Math.min(count, cap), exact: count <= cap };
  }

  countWithin(filter: ResultFilter, cap: number, budgetMs: number): Promise<ResultCount> {
    return countRows(this.#reader, filter, { cap, budgetMs });
  }

  async estimate(filter: ResultFilter): Promise<number | null> {
    const rows = await this.#connection.query<Record<string, unknown>>(() =>
      this.#dialect.estimate(sql`SELECT 1 AS one FROM ${TABLE} WHERE ${filterSql(this.#dialect, filter)}`),
    );
    return readEstimate(rows);
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
    return (await this.#reader.listNames(limit)).names.toSorted();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #hasId(taskIds: readonly string[]): Sql {
    return filterSql(this.#dialect, { ids: taskIds });
  }
}
