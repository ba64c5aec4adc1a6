import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { Client } from "pg";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import type { DatabaseAccess, DatabaseServer } from "@/tests/support/database-server";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { shareMariadbServer } from "@/tests/support/shared-servers/share-mariadb-server";
import { sharePostgresServer } from "@/tests/support/shared-servers/share-postgres-server";
import { connectToMariadb, startMariadbServer } from "@/tests/support/start-mariadb-server";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import type { TableRow } from "./table-rows";

export const PROVIDERS = ["sqlite", "postgresql", "mysql"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** A place where databases for one provider are made; its clock's zone is not UTC. */
export interface DatabasePlace {
  readonly provider: Provider;
  /** Makes an empty database; returns its URL. */
  create(name: string): Promise<string>;
  /** Runs a statement with the rights to write. */
  execute(url: string, statement: string): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the place of a provider: a server that all files share, or a folder. */
export async function openDatabasePlace(provider: Provider): Promise<DatabasePlace> {
  switch (provider) {
    case "sqlite":
      return openSqlitePlace();
    case "postgresql":
      return openPostgresqlPlace(await sharePostgresServer());
    case "mysql":
      return await openMysqlPlace(await shareMariadbServer());
  }
}

/** The same on a server of our own, to be killed; null for SQLite, which has none. */
export async function openOwnDatabasePlace(
  provider: Provider,
): Promise<{ place: DatabasePlace; server: DatabaseServer | null }> {
  if (provider === "sqlite") return { place: openSqlitePlace(), server: null };
  const isPostgresql = provider === "postgresql";
  const server = await (isPostgresql ? startPostgresServer() : startMariadbServer());
  const place = isPostgresql ? openPostgresqlPlace(server) : await openMysqlPlace(server);
  return { place: { ...place, stop: () => server.stop() }, server };
}

/** A Django project on a database, its tables migrated by Django itself; nothing is ever sent to its broker. */
export async function createDjangoProject(databaseUrl: string): Promise<TestProject> {
  const environment = await ensurePythonEnvironment("newest");
  return await createTestProject({ environment, brokerUrl: "memory://", databaseUrl });
}

/** Writes rows through Django's ORM, in their order. */
export async function writeRows(project: TestProject, rows: readonly TableRow[]): Promise<void> {
  const folder = makeTempFolder("rows");
  const file = join(folder, "rows.json");
  writeFileSync(file, JSON.stringify(rows));
  const script = readFileSync(new URL("./write-rows.py", import.meta.url), "utf8");
  await project.run(`ROWS_FILE = ${JSON.stringify(file)}\n${script}`);
  removeFolder(folder);
}

/** Takes the table back to an older release's columns by Django's own migrations. */
export async function migrateBackTo(project: TestProject, migration: string): Promise<void> {
  await project.run(
    `from django.core.management import call_command\ncall_command("migrate", "django_celery_results", "${migration}", verbosity=0)`,
  );
}

function openSqlitePlace(): DatabasePlace {
  const folder = makeTempFolder("results");
  return {
    provider: "sqlite",
    // A folder that needs percent encoding in a URL.
    create: async (name) => `file:${join(folder, encodeURIComponent(`${name} 100% ?#.sqlite3`))}`,
    execute: async (url, statement) => {
      const writer = await new PrismaLibSql({ url }).connect();
      await writer.executeRaw({ sql: statement, args: [], argTypes: [] }).finally(() => writer.dispose());
    },
    stop: async () => removeFolder(folder),
  };
}

function openPostgresqlPlace(server: DatabaseAccess): DatabasePlace {
  return {
    provider: "postgresql",
    create: async (name) => {
      // A collation that orders as people do, not by code point.
      const locale = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";
      const url = await server.createDatabase(name, locale);
      const own = new URL(url).pathname.slice(1);
      await executeOnPostgresql(url, `ALTER DATABASE ${own} SET timezone = 'America/St_Johns'`);
      return url;
    },
    execute: executeOnPostgresql,
    stop: async () => undefined,
  };
}

async function executeOnPostgresql(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function openMysqlPlace(server: DatabaseAccess): Promise<DatabasePlace> {
  await executeOnMysql(server.url, "SET GLOBAL time_zone = '-03:30'");
  // The huge row is one packet on its way in.
  await executeOnMysql(server.url, "SET GLOBAL max_allowed_packet = 67108864");
  return {
    provider: "mysql",
    create: (name) => server.createDatabase(name),
    execute: executeOnMysql,
    stop: async () => undefined,
  };
}

async function executeOnMysql(url: string, statement: string): Promise<void> {
  const connection = await connectToMariadb(url);
  await connection.query(statement).finally(() => connection.end());
}
