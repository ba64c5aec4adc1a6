const NETWORK_CODES = /^(ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE)/;
/** Prisma's codes for a database that can't be reached, refuses or does not answer in time. */
const AWAY_CODES = /^(P1\d\d\d|P2024|P2028|P2037)$/;
/** PostgreSQL: connection trouble, out of resources, operator intervention (shutdown), read-only. */
const AWAY_SQLSTATES = /^(08...|53...|57P..|25006)$/;
/** SQLite's primary codes: BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const AWAY_SQLITE_CODES = new Set([5, 6, 7, 8, 10, 11, 13, 14, 26]);

/** Whether `error`, thrown by Prisma, means that the database is away rather than that the query is wrong. */
export function isStoreAway(error: unknown): boolean {
  for (const layer of causes(error)) {
    const code = field(layer, "code") ?? field(layer, "errorCode");
    if (typeof code === "string" && (NETWORK_CODES.test(code) || AWAY_CODES.test(code))) return true;
    const original = field(layer, "originalCode");
    if (typeof original === "string" && AWAY_SQLSTATES.test(original)) return true;
    const extended = field(layer, "extendedCode");
    if (typeof extended === "number" && AWAY_SQLITE_CODES.has(extended & 255)) return true;
    if (String(field(layer, "message")).startsWith("Connection terminated")) return true;
  }
  return false;
}

/** The innermost reason of an error thrown by Prisma, in one line. */
export function describeStoreError(error: unknown): string {
  const messages = [...causes(error)].flatMap((layer) => [
    field(layer, "message"),
    field(layer, "originalMessage"),
  ]);
  const last = messages.findLast((message) => typeof message === "string" && message !== "");
  const line =
    String(last ?? error)
      .trim()
      .split("\n")
      .at(-1) ?? "";
  return line.slice(0, 500);
}

/** The error, its causes, and the driver's own error that Prisma keeps in `meta`. */
function* causes(error: unknown): Generator<object> {
  let layer = error;
  for (let depth = 0; depth < 8 && typeof layer === "object" && layer !== null; depth++) {
    yield layer;
    const meta = field(layer, "meta");
    layer = field(layer, "cause") ?? (meta === undefined ? undefined : field(meta, "driverAdapterError"));
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
