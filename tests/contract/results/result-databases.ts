import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { createConnection } from "mariadb";
import { Client } from "pg";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startMariadbServer } from "@/tests/support/start-mariadb-server";
import { type DatabaseServer, startPostgresServer } from "@/tests/support/start-postgres-server";
import type { TableRow } from "./table-rows";

export const PROVIDERS = ["sqlite", "postgresql", "mysql"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** A place where databases for one provider are made; its clock's zone is not UTC. */
export interface DatabasePlace {
  readonly provider: Provider;
  /** Null for SQLite, which has no server. */
  readonly server: DatabaseServer | null;
  /** Makes an empty database; returns its URL. */
  create(name: string): Promise<string>;
  /** Runs a statement with the rights to write. */
  execute(url: string, statement: string): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the place of a provider: a private server, or a folder. */
export async function openDatabasePlace(provider: Provider): Promise<DatabasePlace> {
  switch (provider) {
    case "sqlite":
      return openSqlitePlace();
    case "postgresql":
      return await openPostgresqlPlace();
    case "mysql":
      return await openMysqlPlace();
  }
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
    server: null,
    // A folder that needs percent encoding in a URL.
    create: async (name) => `file:${join(folder, encodeURIComponent(`${name} 100% ?#.sqlite3`))}`,
    execute: async (url, statement) => {
      const writer = await new PrismaLibSql({ url }).connect();
      await writer.executeRaw({ sql: statement, args: [], argTypes: [] }).finally(() => writer.dispose());
    },
    stop: async () => removeFolder(folder),
  };
}

async function openPostgresqlPlace(): Promise<DatabasePlace> {
  const server = await startPostgresServer();
  async function execute(url: string, statement: string): Promise<void> {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }
  return {
    provider: "postgresql",
    server,
    create: async (name) => {
      // A collation that orders as people do, not by code point.
      const locale = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";
      await execute(server.url, `CREATE DATABASE ${name} ${locale}`);
      await execute(server.url, `ALTER DATABASE ${name} SET timezone = 'America/St_Johns'`);
      return Object.assign(new URL(server.url), { pathname: `/${name}` }).toString();
    },
    execute,
    stop: () => server.stop(),
  };
}

async function openMysqlPlace(): Promise<DatabasePlace> {
  const server = await startMariadbServer();
  async function execute(url: string, statement: string): Promise<void> {
    const connection = await createConnection(url.replace(/^mysql:/, "mariadb:"));
    await connection.query(statement).finally(() => connection.end());
  }
  await execute(server.url, "SET GLOBAL time_zone = '-03:30'");
  // The huge row is one packet on its way in.
  await execute(server.url, "SET GLOBAL max_allowed_packet = 67108864");
  return {
    provider: "mysql",
    server,
    create: (name) => server.createDatabase(name),
    execute,
    stop: () => server.stop(),
  };
}
