import { AppError } from "@/lib/errors";

/** What a failed statement means for the table. */
export type Failure =
  /** Can't be reached, or refuses us: every read fails until something outside changes. */
  | { readonly kind: "away"; readonly message: string }
  /** A column that was there is gone, or the other way: the table was migrated while we ran. */
  | { readonly kind: "changed" }
  /** This one read is at fault, and the table is fine. */
  | { readonly kind: "read"; readonly error: unknown };

export const MISSING_TABLE =
  "The database has no table django_celery_results_taskresult. Run `python manage.py migrate django_celery_results` " +
  "in the Django project, or point RESULTS_DATABASE_URL at its database.";

// The driver's words where MySQL's default login wants TLS, or a key of the server's, before it is told the password.
const UNTOLD_PASSWORD = /\bno: 45044,/;
const NEEDS_TLS =
  "the server takes this password over TLS only: add ?ssl=true to the URL, or ?ssl=skip-verify where nobody signed its certificate";

const TOO_SLOW =
  "The database gave up on this search after its time limit; narrow it by date, state or name and try again.";

// PostgreSQL 57014 query_canceled; MariaDB 1969 and MySQL 3024: the session's own time limit for a statement.
const TIMEOUT_CODES = new Set(["57014", "1969", "3024"]);

/** Whether a read failed because the database stopped it at its time limit. */
export function isTimeout(error: unknown): boolean {
  return error instanceof AppError && error.message === TOO_SLOW;
}

/** Errors of PostgreSQL that are about the statement; every other class is about the server or our access to it. */
const STATEMENT_CLASSES = /^(21|22|42)/;
// 42501 insufficient_privilege is in class 42, but is about our access.
const ACCESS_CODES = new Set(["42501"]);

/** MySQL and MariaDB errors about the statement: syntax, unknown function, bad value, mixed collations. */
const STATEMENT_ERRNOS = new Set(["1064", "1267", "1305", "1292", "1366", "1210"]);

/** Reads what Prisma threw for a raw statement, or for the connection before it; `missing` is told for no such table. */
export function describeFailure(error: unknown, missing: string = MISSING_TABLE): Failure {
  if (error instanceof AppError) return { kind: "read", error };
  const { kind, code, message } = readDriverError(error);
  if (kind === "TableDoesNotExist" || /^SQLITE_ERROR: no such table/.test(message)) {
    return { kind: "away", message: missing };
  }
  if (kind === "ColumnNotFound" || /^SQLITE_ERROR: no such column/.test(message)) return { kind: "changed" };
  if (code !== null && TIMEOUT_CODES.has(code)) {
    return { kind: "read", error: new AppError("unprocessable", TOO_SLOW, { cause: error }) };
  }
  if (UNTOLD_PASSWORD.test(message)) return { kind: "away", message: NEEDS_TLS };
  return code !== null && isAboutStatement(kind, code) ? { kind: "read", error } : { kind: "away", message };
}

function isAboutStatement(kind: string | null, code: string): boolean {
  if (kind === "postgres") return STATEMENT_CLASSES.test(code) && !ACCESS_CODES.has(code);
  if (kind === "mysql") return STATEMENT_ERRNOS.has(code);
  // SQLITE_ERROR is a statement that doesn't parse; a missing table or column has a kind of its own.
  return kind === "sqlite" && code === "1";
}

interface DriverError {
  readonly kind: string | null;
  readonly code: string | null;
  readonly message: string;
}

/** Prisma keeps the driver's own words in `meta.driverAdapterError.cause`; a failed connection throws them plainly. */
function readDriverError(error: unknown): DriverError {
  const cause = property(property(property(error, "meta"), "driverAdapterError"), "cause") ?? error;
  const code = property(cause, "originalCode") ?? property(cause, "code");
  const kind = property(cause, "kind");
  return {
    kind: typeof kind === "string" ? kind : null,
    code: code === undefined || code === null ? null : String(code),
    message: messageOf(cause),
  };
}

function messageOf(cause: unknown): string {
  if (property(cause, "kind") === "DatabaseNotReachable") {
    return `can't reach the server at ${property(cause, "host")}:${property(cause, "port")}`;
  }
  const texts = ["cause", "originalMessage", "sqlMessage", "message", "kind"].map((name) =>
    property(cause, name),
  );
  return texts.find((text): text is string => typeof text === "string" && text !== "") ?? "unknown error";
}

function property(value: unknown, name: string): unknown {
  // Any object may be read by name; what isn't there is undefined.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
