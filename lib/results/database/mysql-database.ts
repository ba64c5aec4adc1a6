import { Sql } from "@prisma/client/runtime/client";
import { connectOnce } from "./connect-once";
import type { ResultDatabase } from "./database";
import { mysqlAddress } from "./mysql-address";

/** A MySQL or MariaDB database of a `mysql://` URL. */
export function createMysqlDatabase(text: string): ResultDatabase {
  const url = new URL(text);
  return {
    provider: "mysql",
    open: async () => (await import("./mysql-client")).createMysqlClient(url),
    // The pool would go on trying for ten seconds before it says why it can't connect.
    checkReachable: () => connectOnce(mysqlAddress(url)),
    queryWithin: (client, statement, limitMs) => client.$queryRaw(withLimit(statement, limitMs)),
    getIdentity: async () => null,
  };
}

/** MariaDB's form of a limit for one statement, and MySQL's, which each of them takes for a comment of the other's. */
function withLimit(statement: Sql, limitMs: number): Sql {
  const limit = Math.max(1, Math.round(limitMs));
  const [first = "", ...rest] = statement.strings;
  const begun = first.replace(
    /^\s*SELECT\b/,
    `/*M! SET STATEMENT max_statement_time=${limit / 1000} FOR */ SELECT /*+ MAX_EXECUTION_TIME(${limit}) */`,
  );
  return new Sql([begun, ...rest], statement.values);
}
