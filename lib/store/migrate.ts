import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/lib/errors";
import type { PrismaClient } from "./generated/sqlite/client";
import { rawSql, type StoreProvider, sql } from "./sql";
import { isStoreLocked } from "./store-error";

/** Any number, the same in every process that migrates: it names PostgreSQL's advisory lock. */
const ADVISORY_LOCK = 5_555_100;
const LOCK_WAIT_MS = 60_000;

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * Applies what is missing of prisma/store/<provider>/migrations, in order, in one transaction under a lock, so that
 * web and collector may start at the same moment. Rejects with AppError `store_unavailable` when the store was
 * written by a newer version of the program.
 */
export async function migrateStore(client: PrismaClient, provider: StoreProvider): Promise<void> {
  const migrations = await readMigrations(provider);
  const giveUpAt = Date.now() + LOCK_WAIT_MS;
  // A store that is up to date opens without the write lock, which a busy collector seldom lets go of.
  while (!(await isUpToDate(client, provider, migrations))) {
    try {
      return await applyMissing(client, provider, migrations);
    } catch (error) {
      // Another process migrates, or has done so meanwhile and writes since.
      if (!isStoreLocked(error) || Date.now() > giveUpAt) throw error;
    }
  }
}

async function isUpToDate(
  client: PrismaClient,
  provider: StoreProvider,
  migrations: readonly Migration[],
): Promise<boolean> {
  const tables = await client.$queryRaw<unknown[]>(
    provider === "sqlite"
      ? sql`SELECT 1 AS one FROM sqlite_schema WHERE name = 'schema_migration'`
      : sql`SELECT 1 AS one WHERE to_regclass('schema_migration') IS NOT NULL`,
  );
  return tables.length > 0 && (await listMissing(client, migrations)).length === 0;
}

async function applyMissing(
  client: PrismaClient,
  provider: StoreProvider,
  migrations: readonly Migration[],
): Promise<void> {
  await client.$transaction(
    async (transaction) => {
      // SQLite's transactions of ours hold the write lock from their start.
      if (provider === "postgresql") {
        await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`;
      }
      await transaction.$executeRaw`CREATE TABLE IF NOT EXISTS schema_migration (
        version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)`;
      for (const migration of await listMissing(transaction, migrations)) {
        for (const statement of migration.statements) await transaction.$executeRaw(rawSql(statement));
        await transaction.schemaMigration.create({
          data: { version: migration.version, name: migration.name, appliedAt: Date.now() },
        });
      }
    },
    { maxWait: LOCK_WAIT_MS, timeout: LOCK_WAIT_MS },
  );
}

async function listMissing(
  client: Pick<PrismaClient, "schemaMigration">,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const newest = migrations.at(-1)?.version ?? 0;
  const applied = await client.schemaMigration.findMany({ select: { version: true }, take: 10_000 });
  const versions = new Set(applied.map((row) => row.version));
  const found = Math.max(0, ...versions);
  if (found > newest) {
    throw new AppError(
      "store_unavailable",
      `The store was written by a newer Celeriac (its schema is ${found}, this program knows ${newest}): ` +
        "start the newer program, or point DATABASE_URL at another store.",
    );
  }
  return migrations.filter((migration) => !versions.has(migration.version));
}

async function readMigrations(provider: StoreProvider): Promise<readonly Migration[]> {
  // The program runs in its own folder: `next start`, the supervisor and Vitest all see to that.
  const folder = join(process.cwd(), "prisma", "store", provider, "migrations");
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      version: Number(name.slice(0, 4)),
      name: name.slice(5, -4),
      statements: splitStatements(await readFile(join(folder, name), "utf8")),
    })),
  );
}

/** A statement ends with a semicolon at the end of a line: a driver takes one at a time. */
function splitStatements(script: string): readonly string[] {
  return script
    .replace(/^--.*$/gm, "")
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}
