import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { CLOCK_TOLERANCE_MICROS, RUNTIME_STATES } from "../runtime";
import { COLUMN } from "./columns";
import type { Dialect } from "./dialect";

/**
 * How long a row says that its task ran, as the database's own kind of duration: one expression, which an index can
 * hold. Where clocks differ it may be below zero, which getRuntimeMicros takes for zero.
 */
export function runtimeSql(dialect: Dialect): Sql {
  return dialect.between(COLUMN.startedAt, COLUMN.doneAt);
}

/** Whether getRuntimeMicros over plausibleStart knows a row's runtime; may be NULL, which is "no". */
export function hasRuntimeSql(dialect: Dialect): Sql {
  const tolerated = dialect.duration(String(-CLOCK_TOLERANCE_MICROS));
  const waited = dialect.between(COLUMN.createdAt, COLUMN.startedAt);
  return sql`${dialect.isOneOf(dialect.unindexed(COLUMN.status), RUNTIME_STATES)} AND ${waited} >= ${tolerated} AND ${runtimeSql(dialect)} >= ${tolerated}`;
}
