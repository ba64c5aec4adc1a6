import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { ResultTableShape } from "../results";
import { CLOCK_TOLERANCE_MICROS, RUNTIME_STATES } from "../runtime";
import { COLUMN } from "./columns";
import type { Dialect } from "./dialect";

/** The runtime in microseconds by the rule of getRuntimeMicros over plausibleStart; NULL where it isn't known. */
export function runtimeMicrosSql(dialect: Dialect, shape: ResultTableShape): Sql {
  const none = sql`(NULL + 0)`;
  if (!shape.hasDateStarted) return none;
  const tolerated = dialect.integer(String(-CLOCK_TOLERANCE_MICROS));
  const waited = dialect.microsBetween(COLUMN.createdAt, COLUMN.startedAt);
  const ran = dialect.microsBetween(COLUMN.startedAt, COLUMN.doneAt);
  return sql`(CASE
    WHEN NOT ${dialect.isOneOf(COLUMN.status, RUNTIME_STATES)} THEN NULL
    WHEN ${waited} < ${tolerated} OR ${ran} < ${tolerated} THEN NULL
    WHEN ${ran} < 0 THEN 0
    ELSE ${ran} END)`;
}
