import { renameSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResultDatabase } from "@/lib/results/database/database";
import { createMysqlDatabase } from "@/lib/results/database/mysql-database";
import { createPostgresqlDatabase } from "@/lib/results/database/postgresql-database";
import { createSqliteDatabase } from "@/lib/results/database/sqlite-database";
import { openResultTable } from "@/lib/results/open-result-table";
import type { ResultTable } from "@/lib/results/results";
import type { DatabaseServer } from "@/tests/support/database-server";
import { waitFor } from "@/tests/support/wait-for";
import {
  createDjangoProject,
  type DatabasePlace,
  openDatabasePlace,
  openOwnDatabasePlace,
  PROVIDERS,
  type Provider,
  writeRows,
} from "./result-databases";

const CREATE_DATABASE: Record<Provider, (url: string) => ResultDatabase> = {
  sqlite: createSqliteDatabase,
  postgresql: createPostgresqlDatabase,
  mysql: createMysqlDatabase,
};

const REFUSAL: Record<Provider, RegExp> = {
  sqlite: /attempt to write a readonly database/,
  postgresql: /read-only transaction/,
  mysql: /READ ONLY transaction/,
};

const WRITES: readonly Sql[] = [
  sql`UPDATE django_celery_results_taskresult SET status = 'SUCCESS'`,
  sql`DELETE FROM django_celery_results_taskresult`,
  sql`CREATE TABLE ours (id integer)`,
  sql`DROP TABLE django_celery_results_taskresult`,
];

/** Milliseconds after which a session stops a statement. */
const TIME_LIMIT = {
  postgresql: sql`SELECT CAST(setting AS integer) AS ms FROM pg_settings WHERE name = 'statement_timeout'`,
  mysql: sql`SELECT /*M! @@session.max_statement_time * 1000 */ /*!50720 @@session.max_execution_time */ AS ms`,
};

const ROW = { task_id: "kept", status: "FAILURE", date_done: "2026-03-01T10:00:00+00:00" } as const;

describe.each(PROVIDERS)("the connection to %s", (provider) => {
  let place: DatabasePlace;
  let server: DatabaseServer | null;
  let url: string;
  let table: ResultTable;

  beforeAll(async () => {
    ({ place, server } = await openOwnDatabasePlace(provider));
    url = await place.create("results");
    const project = await createDjangoProject(url);
    await writeRows(project, [ROW]);
    await project.stop();
    table = openResultTable({ url });
  });

  afterAll(async () => {
    await table?.close();
    await place?.stop();
  });

  it("refuses every kind of write", async () => {
    const client = await CREATE_DATABASE[provider](url).open();
    for (const write of WRITES) await expect(client.$queryRaw(write)).rejects.toThrow(REFUSAL[provider]);
    await client.$disconnect();
    expect((await table.get("kept"))?.status).toBe("FAILURE");
  });

  // SQLite knows no such limit.
  if (provider !== "sqlite") {
    it("bounds every statement in time", async () => {
      const client = await CREATE_DATABASE[provider](url).open();
      const [row] = await client.$queryRaw<{ ms: unknown }[]>(TIME_LIMIT[provider]);
      await client.$disconnect();
      expect(Number(row?.ms)).toBe(15_000);
    });
  }

  it("says which columns a table lacks that is too old", async () => {
    const old = await place.create("too_old");
    await place.execute(
      old,
      "CREATE TABLE django_celery_results_taskresult (id integer, task_id varchar(255))",
    );
    const tooOld = openResultTable({ url: old });
    await expect(tooOld.count({}, 1)).rejects.toThrow(
      /the table has no status, .*it takes django-celery-results 2\.0/,
    );
    await tooOld.close();
  });

  it("rejects while the database is away, and heals by itself", async () => {
    await table.count({}, 1);
    const before = table.getStatus();
    expect(before).toMatchObject({ connected: true, error: null });
    const bringBack = await takeAway(server, url);
    // The first reads find out; after that, the answer comes without asking the database.
    await waitFor(() =>
      table.count({}, 1).then(
        () => false,
        () => !table.getStatus().connected,
      ),
    );
    await expect(table.count({}, 1)).rejects.toMatchObject({
      code: "results_unavailable",
      message: expect.stringMatching(/^The result table can't be read: .+ Celeriac keeps trying/s),
    });
    const away = table.getStatus();
    expect(away.since).toBeGreaterThanOrEqual(before.since);
    expect(away.error).toMatch(/\w/);
    expect(JSON.stringify(away)).not.toContain("celeriac:celeriac@");
    await bringBack();
    await waitFor(() => table.getStatus().connected, { what: "the table to be back" });
    expect(await table.get("kept")).not.toBeNull();
  });

  it("rejects once it is closed", async () => {
    const closed = openResultTable({ url });
    await closed.close();
    await expect(closed.count({}, 1)).rejects.toMatchObject({ code: "results_unavailable" });
  });
});

describe("openResultTable", () => {
  it("refuses a URL of another kind, without its password", () => {
    expect(() => openResultTable({ url: "redis://me:s3cret@host/0" })).toThrow(
      'got "redis://me:***@host/0"; it takes a URL that starts with postgresql:, postgres:, mysql:, file:',
    );
  });

  it("refuses what is no URL, and hides its password", () => {
    expect(() => openResultTable({ url: "mysql://me:s3cret@host:port/db" })).toThrow(
      /: got "mysql:\/\/me:\*\*\*@host:port\/db"; it takes a URL/,
    );
  });

  it("creates no file where there is none", async () => {
    const table = openResultTable({ url: "file:./no/such/results.sqlite3" });
    await expect(table.count({}, 1)).rejects.toThrow(/ENOENT: no such file or directory/);
    await table.close();
  });
});

const WRITE = "UPDATE django_celery_results_taskresult SET status = 'FAILURE'";

describe("a SQLite file that Django writes", () => {
  let place: DatabasePlace;
  let url: string;
  let table: ResultTable;

  beforeAll(async () => {
    place = await openDatabasePlace("sqlite");
    url = await place.create("shared");
    const project = await createDjangoProject(url);
    await writeRows(project, [ROW, { ...ROW, task_id: "second" }]);
    await project.stop();
    table = openResultTable({ url });
  });

  afterAll(async () => {
    await table?.close();
    await place?.stop();
  });

  it("is not kept locked by a page that stopped before its end", async () => {
    expect((await table.list({}, "name", 1, null)).next).not.toBeNull();
    // Rejects at once while anyone holds a read lock.
    await place.execute(url, WRITE);
  });

  it("is read as soon as a writer lets go of it, and blocks nobody meanwhile", async () => {
    const writer = await new PrismaLibSql({ url }).connect();
    await writer.executeRaw({ sql: "BEGIN EXCLUSIVE", args: [], argTypes: [] });
    const reading = table.count({}, 10);
    const isLocked = await Promise.race([reading.then(() => false), delay(300, true)]);
    expect(isLocked).toBe(true);
    await writer.executeRaw({ sql: "ROLLBACK", args: [], argTypes: [] });
    await writer.dispose();
    expect(await reading).toEqual({ count: 2, exact: true });
    await place.execute(url, WRITE);
  });
});

async function takeAway(server: DatabaseServer | null, url: string): Promise<() => Promise<void>> {
  if (server !== null) {
    await server.kill();
    return () => server.restart();
  }
  const path = fileURLToPath(url);
  renameSync(path, `${path}.away`);
  return async () => renameSync(`${path}.away`, path);
}
