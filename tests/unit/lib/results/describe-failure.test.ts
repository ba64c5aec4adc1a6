import { describe, expect, it } from "vitest";
import { describeFailure } from "@/lib/results/database/describe-failure";

/** An error as Prisma 7.10 throws it for a raw statement; `cause` is what its adapters make of the driver's error. */
function rawError(cause: Record<string, unknown>): Error {
  return Object.assign(new Error("Invalid `prisma.$queryRaw()` invocation"), {
    code: "P2010",
    meta: { driverAdapterError: { name: "DriverAdapterError", cause } },
  });
}

describe("describeFailure", () => {
  it.each([
    ["PostgreSQL", { kind: "TableDoesNotExist", originalCode: "42P01", originalMessage: "relation …" }],
    ["MySQL", { kind: "TableDoesNotExist", originalCode: "1146", originalMessage: "Table …" }],
    ["SQLite", { kind: "sqlite", originalCode: "1", originalMessage: "SQLITE_ERROR: no such table: x" }],
  ])("says on %s how to make the table", (_database, cause) => {
    expect(describeFailure(rawError(cause))).toMatchObject({
      kind: "away",
      message: expect.stringContaining("python manage.py migrate django_celery_results"),
    });
  });

  it.each([
    ["PostgreSQL", { kind: "ColumnNotFound", originalCode: "42703", originalMessage: "column …" }],
    ["MySQL", { kind: "ColumnNotFound", originalCode: "1054", originalMessage: "Unknown column …" }],
    ["SQLite", { kind: "sqlite", originalCode: "1", originalMessage: "SQLITE_ERROR: no such column: x" }],
  ])("takes a missing column on %s for a migration", (_database, cause) => {
    expect(describeFailure(rawError(cause))).toEqual({ kind: "changed" });
  });

  it("says how to log in where MySQL wants TLS for it", () => {
    const cause = "(conn:9, no: 45044, SQLState: 08S01) RSA public key is not available client side. …";
    const failure = describeFailure(rawError({ kind: "mysql", originalCode: "45028", cause }));
    expect(failure).toMatchObject({ kind: "away", message: expect.stringContaining("?ssl=true") });
  });

  it.each([
    [
      "PostgreSQL",
      { kind: "postgres", originalCode: "57014", originalMessage: "canceling statement due to …" },
    ],
    [
      "MariaDB",
      { kind: "mysql", originalCode: "1969", originalMessage: "Query execution was interrupted (max_…)" },
    ],
    [
      "MySQL",
      { kind: "mysql", originalCode: "3024", originalMessage: "Query execution was interrupted, max…" },
    ],
  ])("asks for a narrower search when %s gave up", (_database, cause) => {
    expect(describeFailure(rawError(cause))).toMatchObject({
      kind: "read",
      error: { code: "unprocessable", message: expect.stringContaining("narrow it") },
    });
  });

  it.each([
    ["PostgreSQL", { kind: "postgres", originalCode: "42601", originalMessage: "syntax error" }],
    [
      "MySQL",
      { kind: "mysql", originalCode: "1064", originalMessage: "You have an error in your SQL syntax" },
    ],
    [
      "SQLite",
      { kind: "sqlite", originalCode: "1", originalMessage: 'SQLITE_ERROR: near "x": syntax error' },
    ],
  ])("leaves a statement of ours that %s refuses as it is", (_database, cause) => {
    const error = rawError(cause);
    expect(describeFailure(error)).toEqual({ kind: "read", error });
  });

  it.each([
    [{ kind: "DatabaseNotReachable", host: "db", port: 5432 }, "can't reach the server at db:5432"],
    [
      { kind: "postgres", originalCode: "42501", originalMessage: "permission denied for table x" },
      "permission denied for table x",
    ],
    [
      {
        kind: "mysql",
        code: 45028,
        originalCode: "45028",
        originalMessage: "pool timeout",
        cause: "Access denied for user",
      },
      "Access denied for user",
    ],
    [{ kind: "ConnectionClosed" }, "ConnectionClosed"],
    [
      { kind: "sqlite", originalCode: "26", originalMessage: "SQLITE_NOTADB: file is not a database" },
      "SQLITE_NOTADB: file is not a database",
    ],
  ])("takes %j for a database that is away", (cause, message) => {
    expect(describeFailure(rawError(cause))).toEqual({ kind: "away", message });
  });

  it("reads a plain error, and anything else that is thrown", () => {
    expect(describeFailure(new Error("connect ECONNREFUSED 127.0.0.1:1"))).toEqual({
      kind: "away",
      message: "connect ECONNREFUSED 127.0.0.1:1",
    });
    expect(describeFailure("no")).toEqual({ kind: "away", message: "unknown error" });
  });
});
