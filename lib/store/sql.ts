import { empty, join, raw, type Sql, sqltag } from "@prisma/client/runtime/client";
import type { Store } from "./store";

export type StoreProvider = Store["provider"];

/** Prisma's tagged template, the same for both providers: values become parameters, fragments nest. */
export const sql = sqltag;
export const joinSql = join;
export const emptySql = empty;
/** Text of our own as SQL: constants and migrations, never anything that came from outside. */
export const rawSql = raw;
export type { Sql };

/** A whole number for arithmetic: SQLite's driver passes every JavaScript number as a float, and 7.0 / 2 is 3.5. */
export function integer(value: number): Sql {
  return sql`CAST(${value} AS BIGINT)`;
}

/** The database's own clock in epoch ms: what leases are judged by, so that the clocks of machines may differ. */
export function nowMs(provider: StoreProvider): Sql {
  return provider === "sqlite"
    ? sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`
    : sql`CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`;
}

/** Whether `column` equals `pattern`, in which `*` stands for any run of characters. */
export function matchesPattern(provider: StoreProvider, column: Sql, pattern: string): Sql {
  return provider === "sqlite"
    ? sql`${column} GLOB ${pattern.replace(/[?[]/g, "[$&]")}`
    : sql`${column} LIKE ${pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%")}`;
}

/** Whether `column` contains `text`, whatever the case of ASCII letters. */
export function containsText(provider: StoreProvider, column: Sql, text: string): Sql {
  return provider === "sqlite"
    ? sql`instr(lower(${column}), lower(${text})) > 0`
    : sql`position(lower(${text}) in lower(${column})) > 0`;
}

/** A whole number of the database, whichever of JavaScript's types it came as. */
export function toNumber(value: number | bigint | string): number {
  return Number(value);
}

/** As `toNumber`; null stays null. */
export function toNumberOrNull(value: number | bigint | string | null): number | null {
  return value === null ? null : Number(value);
}
