/** Kinds of Prisma's driver adapters for a database that can't be reached, refuses or does not answer in time. */
const AWAY_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "DatabaseDoesNotExist",
  "DatabaseAccessDenied",
  "AuthenticationFailed",
]);
/** The same as codes of Prisma's own. */
const AWAY_CODES = /^(P1\d\d\d|P2024|P2028|P2037)$/;
/** PostgreSQL: connection trouble, out of resources, operator intervention (shutdown), read-only. */
const AWAY_SQLSTATES = /^(08...|53...|57P..|25006)$/;
/** SQLite's primary codes: BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const AWAY_SQLITE_CODES = new Set([5, 6, 7, 8, 10, 11, 13, 14, 26]);
const POSTGRESQL_NO_TABLE = "42P01";
/** Its code says no more than "error". */
const SQLITE_NO_TABLE = /\bSQLITE_ERROR: no such table\b/;
const SQLITE_BUSY = 5;
const PRIMARY_CODE_MASK = 255;

/** Whether `error`, thrown by Prisma, means that the database is away rather than that the query is wrong. */
export function isStoreAway(error: unknown): boolean {
  const driver = driverError(error);
  if (AWAY_KINDS.has(String(field(driver, "kind")))) return true;
  if (AWAY_CODES.test(String(field(error, "code") ?? field(error, "errorCode")))) return true;
  const extendedCode = field(driver, "extendedCode");
  if (typeof extendedCode === "number") return AWAY_SQLITE_CODES.has(extendedCode & PRIMARY_CODE_MASK);
  return AWAY_SQLSTATES.test(String(field(driver, "originalCode")));
}

/** Whether `error`, thrown by Prisma, means that another process held SQLite's lock for too long. */
export function isStoreLocked(error: unknown): boolean {
  const code = Number(field(driverError(error), "originalCode"));
  return field(driverError(error), "kind") === "SocketTimeout" && (code & PRIMARY_CODE_MASK) === SQLITE_BUSY;
}

/** Whether `error`, thrown by Prisma, means that a table which the statement names is not there. */
export function isTableMissing(error: unknown): boolean {
  const code = field(driverError(error), "originalCode");
  return code === POSTGRESQL_NO_TABLE || SQLITE_NO_TABLE.test(String(field(error, "message")));
}

/** The database's own reason of an error thrown by Prisma, in one line. */
export function describeStoreError(error: unknown): string {
  const message = String(field(error, "message") ?? error).trim();
  const own = field(driverError(error), "originalMessage") ?? /Message: `(.*)`$/m.exec(message)?.[1];
  const line = typeof own === "string" ? own : (message.split("\n").at(-1) ?? "");
  return line.replace(/^SQLITE_\w+: /, "").slice(0, 500);
}

/** What the driver said: Prisma keeps it in `meta`, or the adapter's error is the error itself. */
function driverError(error: unknown): unknown {
  return field(field(field(error, "meta"), "driverAdapterError") ?? error, "cause");
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
