import type { Dialect } from "../sql/dialect";
import { mysqlDialect } from "../sql/mysql-dialect";
import { postgresqlDialect } from "../sql/postgresql-dialect";
import { sqliteDialect } from "../sql/sqlite-dialect";
import type { ResultDatabase } from "./database";
import { createMysqlDatabase } from "./mysql-database";
import { createPostgresqlDatabase } from "./postgresql-database";
import { createSqliteDatabase } from "./sqlite-database";

interface Provider {
  readonly create: (url: string) => ResultDatabase;
  readonly dialect: Dialect;
}

const PROVIDERS = new Map<string, Provider>([
  ["postgresql:", { create: createPostgresqlDatabase, dialect: postgresqlDialect }],
  ["postgres:", { create: createPostgresqlDatabase, dialect: postgresqlDialect }],
  ["mysql:", { create: createMysqlDatabase, dialect: mysqlDialect }],
  ["file:", { create: createSqliteDatabase, dialect: sqliteDialect }],
]);

/** How the URLs of the databases that can be read begin. */
export const DATABASE_SCHEMES: readonly string[] = [...PROVIDERS.keys()];

/** What reads the database of a URL; null for another kind of URL, or none. */
export function findProvider(url: string): Provider | null {
  if (!url.startsWith("file:") && !URL.canParse(url)) return null;
  return PROVIDERS.get(url.slice(0, url.indexOf(":") + 1)) ?? null;
}
