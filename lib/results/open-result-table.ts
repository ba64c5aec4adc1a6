import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { ResultConnection } from "./database/connection";
import type { ResultDatabase } from "./database/database";
import { createMysqlDatabase } from "./database/mysql-database";
import { createPostgresqlDatabase } from "./database/postgresql-database";
import { createSqliteDatabase } from "./database/sqlite-database";
import { DjangoResultTable } from "./django-result-table";
import type { ResultTable } from "./results";
import type { Dialect } from "./sql/dialect";
import { mysqlDialect } from "./sql/mysql-dialect";
import { postgresqlDialect } from "./sql/postgresql-dialect";
import { sqliteDialect } from "./sql/sqlite-dialect";

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

/**
 * Opens the table of django-celery-results at `url` (`postgresql://`, `mysql://` or `file:`) read-only. Returns at
 * once: the connection is made in the background, and made again whenever it is lost. Throws AppError `bad_request`
 * for another kind of URL, or none. `close` it when done.
 */
export function openResultTable({ url }: { readonly url: string }): ResultTable {
  const provider = PROVIDERS.get(url.slice(0, url.indexOf(":") + 1));
  if (provider === undefined || !(url.startsWith("file:") || URL.canParse(url))) {
    throw new AppError(
      "bad_request",
      `RESULTS_DATABASE_URL: got "${maskUrl(url)}"; it takes a URL that starts with ${[...PROVIDERS.keys()].join(", ")}`,
    );
  }
  const { create, dialect } = provider;
  const database = create(url);
  return new DjangoResultTable({
    provider: database.provider,
    maskedUrl: maskUrl(url),
    connection: new ResultConnection(database, dialect),
    dialect,
  });
}
