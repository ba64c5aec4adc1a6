import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TaskRecord } from "@/lib/celery/task-record";
import { jsonRows } from "@/lib/store/json-rows";
import { openPostgresqlClient } from "@/lib/store/open-postgresql-client";
import { openSqliteClient } from "@/lib/store/open-sqlite-client";
import { openStore } from "@/lib/store/open-store";
import { rawSql, type StoreProvider, sql } from "@/lib/store/sql";
import { TASK_COLUMNS, toTaskRow } from "@/lib/store/task-row";
import { listTaskSlices } from "@/lib/store/task-tables";
import { listTasks, listTasksById } from "@/lib/store/tasks";
import { makeTask } from "./make-task";
import { STORE_DATABASES, type StoreDatabase } from "./open-stores";

const T = 1_795_000_000_000;
const LAST_OF_ONE_TABLE = 5;

describe.each(STORE_DATABASES)("tasks of an older store on %s", (provider, start) => {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await start();
  });
  afterAll(() => database.stop());

  test("are where they belong after the migration, each as it was", async () => {
    const url = await database.createUrl();
    const tasks = [
      ...Array.from({ length: 50 }, (_, index) => makeTask({ id: `ended${index}`, finishedAt: T + index })),
      ...Array.from({ length: 9 }, (_, index) =>
        makeTask({ id: `runs${index}`, state: "STARTED", finishedAt: null, stateAt: T - index }),
      ),
    ];
    await writeOldStore(provider, url, tasks);
    const store = await openStore(url);
    const [only, ...others] = await listTaskSlices(store);
    expect([only?.name, others]).toEqual(["task_slice_1", []]);
    const counts = await store.client.$queryRaw<{ open: number; ended: number }[]>`
      SELECT (SELECT count(*) FROM task_open) AS open, (SELECT count(*) FROM task_slice_1) AS ended`;
    expect(counts.map(({ open, ended }) => [Number(open), Number(ended)])).toEqual([[9, 50]]);
    const found = await listTasksById(
      store,
      tasks.map(({ id }) => id),
    );
    expect(new Map(tasks.map((task) => [task.id, found.get(task.id)]))).toEqual(
      new Map(tasks.map((task) => [task.id, task])),
    );
    const { tasks: newest } = await listTasks(store, {}, "-finishedAt", 11, null);
    expect(newest.map(({ id }) => id).slice(8)).toEqual(["runs8", "ended49", "ended48"]);
    await store.close();
  });
});

/** A store as the first five migrations made it, with tasks. */
async function writeOldStore(
  provider: StoreProvider,
  url: string,
  tasks: readonly TaskRecord[],
): Promise<void> {
  const client = await (provider === "sqlite" ? openSqliteClient(url) : openPostgresqlClient(url));
  await client.$executeRaw`CREATE TABLE schema_migration (
    version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)`;
  const folder = join("prisma", "store", provider, "migrations");
  for (const name of readdirSync(folder).sort().slice(0, LAST_OF_ONE_TABLE)) {
    const script = readFileSync(join(folder, name), "utf8").replace(/^--.*$/gm, "");
    for (const statement of script.split(/;[ \t]*$/m).filter((text) => text.trim() !== "")) {
      await client.$executeRaw(rawSql(statement));
    }
    const version = Number(name.slice(0, 4));
    await client.schemaMigration.create({ data: { version, name, appliedAt: T } });
  }
  const columns = rawSql(Object.keys(TASK_COLUMNS).join(", "));
  const rows = jsonRows(provider, tasks.map(toTaskRow), TASK_COLUMNS);
  await client.$executeRaw(sql`INSERT INTO task (${columns}) SELECT ${columns} FROM ${rows}`);
  await client.$disconnect();
}
