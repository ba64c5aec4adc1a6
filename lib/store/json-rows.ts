import { rawSql, type Sql, type StoreProvider, sql } from "./sql";

type ColumnType = "text" | "bigint" | "integer" | "double precision";

/**
 * A table expression over `rows` passed as one JSON parameter: tens of thousands of rows a second, where one
 * parameter a value would be thousands. `columns` names the rows' keys and their types, in our own words.
 */
export function jsonRows(
  provider: StoreProvider,
  rows: readonly Readonly<Record<string, string | number | null>>[],
  columns: Readonly<Record<string, ColumnType>>,
): Sql {
  const names = Object.keys(columns);
  if (provider === "sqlite") {
    // By place: SQLite reads a row's JSON again for each column, and so there is less of it.
    const json = toStorableJson(rows.map((row) => names.map((name) => row[name] ?? null)));
    const list = names.map((name, place) => `value ->> ${place} AS ${name}`).join(", ");
    // The limit, which is none, makes SQLite read the JSON once. Else it may do so for each row of a table that it is
    // joined with: half a minute for a thousand items of a batch of 20,000, in which the process does nothing else.
    return sql`(SELECT ${rawSql(list)} FROM json_each(${json}) LIMIT -1) AS r`;
  }
  const json = toStorableJson(rows);
  const list = names.map((name) => `${name} ${columns[name]}`).join(", ");
  return sql`jsonb_to_recordset(CAST(${json} AS jsonb)) AS r(${rawSql(list)})`;
}

/**
 * JSON text in which every string can be stored: NUL and lone surrogates, which PostgreSQL refuses and which come
 * from users' tasks, become U+FFFD.
 */
export function toStorableJson(value: unknown): string {
  const json = JSON.stringify(value);
  // Both are escapes in JSON. Nearly no text has one, and a call for each value would cost more than all the rest.
  if (!MAY_BE_UNSTORABLE.test(json)) return json;
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "string" ? toStorableText(item) : item,
  );
}

const MAY_BE_UNSTORABLE = /\\u(?:0000|d[89a-f])/;

/** The text with U+FFFD for what PostgreSQL refuses to store. */
export function toStorableText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, "\uFFFD");
}
