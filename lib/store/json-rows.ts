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
  const json = toStorableJson(rows);
  const names = Object.keys(columns);
  if (provider === "sqlite") {
    const list = names.map((name) => `value ->> '${name}' AS ${name}`).join(", ");
    return sql`(SELECT ${rawSql(list)} FROM json_each(${json})) AS r`;
  }
  const list = names.map((name) => `${name} ${columns[name]}`).join(", ");
  return sql`jsonb_to_recordset(CAST(${json} AS jsonb)) AS r(${rawSql(list)})`;
}

/**
 * JSON text in which every string can be stored: NUL and lone surrogates, which PostgreSQL refuses and which come
 * from users' tasks, become U+FFFD.
 */
export function toStorableJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "string" ? toStorableText(item) : item,
  );
}

/** The text with U+FFFD for what PostgreSQL refuses to store. */
export function toStorableText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, "\uFFFD");
}
