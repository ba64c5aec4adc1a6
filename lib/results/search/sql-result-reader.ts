import { empty, sqltag as sql } from "@prisma/client/runtime/client";
import type { ResultConnection } from "../database/connection";
import { isTimeout } from "../database/describe-failure";
import { parseInstantText } from "../instant-text";
import {
  type EpochMicros,
  LIST_TEXT_CHARS,
  type ResultFilter,
  type ResultPage,
  type ResultSort,
  type ResultTableShape,
} from "../results";
import { COLUMN, TABLE } from "../sql/columns";
import type { Dialect } from "../sql/dialect";
import { filterSql, type IndexedField, type IndexHint } from "../sql/filter-sql";
import { type OrderSegment, oneNameSegment, orderSegments } from "../sql/order-sql";
import { type RawRow, readRow, rowFieldsSql } from "../sql/row-sql";
import type { DateRange, Direction, NameList, OneName, ReadRequest, ResultReader } from "./result-reader";

/** Comparing all names of a large table takes seconds where their collation is looser than we are. */
const EXACT_NAMES_MS = 100;

type SegmentOf = (shape: ResultTableShape) => OrderSegment | undefined;

/** The reads of a list in the SQL of a database. */
export class SqlResultReader implements ResultReader {
  readonly hasLimits: boolean;
  readonly choosesWell: boolean;
  readonly #connection: ResultConnection<ResultTableShape>;
  readonly #dialect: Dialect;

  constructor(parts: {
    readonly provider: string;
    readonly connection: ResultConnection<ResultTableShape>;
    readonly dialect: Dialect;
  }) {
    this.hasLimits = parts.provider !== "sqlite";
    this.choosesWell = parts.provider === "postgresql";
    this.#connection = parts.connection;
    this.#dialect = parts.dialect;
  }

  async list(filter: ResultFilter, sort: ResultSort, request: ReadRequest): Promise<ResultPage> {
    const { length } = orderSegments(this.#dialect, sort, await this.#connection.getShape());
    const first = request.after?.value === null ? length - 1 : 0;
    // The columns may change while we read: what is read of them is chosen with each statement.
    const indexes = Array.from({ length: length - first }, (_, index) => index + first);
    const segments = indexes.map(
      (index): SegmentOf =>
        (shape) =>
          orderSegments(this.#dialect, sort, shape)[index],
    );
    return await this.#listSegments(segments, filter, sort, request);
  }

  listOneName(filter: ResultFilter, name: OneName, request: ReadRequest): Promise<ResultPage> {
    return this.#listSegments([() => oneNameSegment(this.#dialect, name)], filter, "name", request);
  }

  async findBoundary(dates: DateRange, direction: Direction, rows: number): Promise<EpochMicros | null> {
    const order = direction === "older" ? sql`DESC` : sql`ASC`;
    const [row] = await this.#connection.query<{ at: string }>(
      () => sql`
        SELECT ${this.#dialect.instantText(COLUMN.doneAt)} AS at FROM ${TABLE}
        WHERE ${filterSql(this.#dialect, dates)}
        ORDER BY ${COLUMN.doneAt} ${order} LIMIT 1 OFFSET ${rows}`,
    );
    return parseInstantText(row?.at ?? null);
  }

  async count(
    filter: ResultFilter,
    cap: number,
    { by, limitMs }: IndexHint & { readonly limitMs?: number } = {},
  ): Promise<number> {
    const where = filterSql(this.#dialect, filter, { by });
    const bound = Number.isFinite(cap) ? sql`LIMIT ${cap + 1}` : empty;
    const [row] = await this.#connection.query<{ count: unknown }>(
      () => sql`
        SELECT count(*) AS count FROM (SELECT 1 AS one FROM ${TABLE} WHERE ${where} ${bound}) AS matching`,
      limitMs,
    );
    return Number(row?.count ?? 0);
  }

  countField(filter: ResultFilter, field: IndexedField, cap: number, limitMs: number): Promise<number> {
    return this.count({ [field]: filter[field], unstored: filter.unstored }, cap, { limitMs });
  }

  async listNames(limit: number): Promise<NameList> {
    const { distinct, distinctByIndex } = this.#dialect;
    const read = async (write: Dialect["distinct"], limitMs?: number) => {
      const rows = await this.#connection.query<{ name: string }>(
        () => write(COLUMN.name, TABLE, limit),
        limitMs,
      );
      return rows.map(({ name }) => name).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    };
    if (distinctByIndex === null) return { names: await read(distinct), isExact: true };
    try {
      return { names: await read(distinct, EXACT_NAMES_MS), isExact: true };
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return { names: await read(distinctByIndex), isExact: false };
    }
  }

  /** Fills the page from the segments in turn; only the first of them is begun after a cursor. */
  async #listSegments(
    segments: readonly SegmentOf[],
    filter: ResultFilter,
    sort: ResultSort,
    { limit, after, ...choice }: ReadRequest,
  ): Promise<ResultPage> {
    const found: (RawRow & { sort_key: string | null })[] = [];
    for (const [index, segment] of segments.entries()) {
      const wanted = limit + 1 - found.length;
      const part = { ...choice, limit: wanted, after: index === 0 ? after : null };
      found.push(...(await this.#readSegment(segment, filter, part)));
      if (found.length > limit) break;
    }
    const page = found.slice(0, limit);
    const cursors = page.map((row) => ({ sort, value: row.sort_key, rowId: row.row_id }));
    return {
      rows: page.map(readRow),
      cursors,
      next: found.length > limit ? (cursors.at(-1) ?? null) : null,
    };
  }

  #readSegment(
    segmentOf: SegmentOf,
    filter: ResultFilter,
    { limit, after, by, limitMs, withArgs = true, ...choice }: ReadRequest,
  ): Promise<readonly (RawRow & { sort_key: string | null })[]> {
    return this.#connection.query((shape) => {
      const fields = rowFieldsSql(this.#dialect, shape, { ...choice, chars: withArgs ? LIST_TEXT_CHARS : 0 });
      const segment = segmentOf(shape) ?? NO_SEGMENT;
      let where = filterSql(this.#dialect, filter, { by });
      if (segment.condition !== null) where = sql`${where} AND ${segment.condition}`;
      if (after !== null) where = sql`${where} AND ${segment.after(after)}`;
      const page = sql`FROM ${TABLE} WHERE ${where} ORDER BY ${segment.orderBy} LIMIT ${limit}`;
      if (!segment.isSorted) return sql`SELECT ${fields}, ${segment.key} AS sort_key ${page}`;
      // Else the fields of each row that is sorted would be made, not only of those on the page.
      return sql`
        SELECT ${fields}, ${segment.key} AS sort_key
        FROM (SELECT ${COLUMN.id} AS page_id ${page}) AS page JOIN ${TABLE} ON ${COLUMN.id} = page_id
        ORDER BY ${segment.orderBy}`;
    }, limitMs);
  }
}

/** Of a sort that has fewer segments since a column is gone: no rows, the segment before has them all. */
const NO_SEGMENT: OrderSegment = {
  isSorted: false,
  condition: sql`1 = 0`,
  key: sql`NULL`,
  orderBy: COLUMN.id,
  after: () => sql`1 = 0`,
};
