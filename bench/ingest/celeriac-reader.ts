import { compileProduct } from "@/bin/compile.mjs";
import { LEAN_COMPILED, LEAN_ENVIRONMENT } from "@/lib/command/lean-node";
import { openStore } from "@/lib/store/open-store";
import { toNumber } from "@/lib/store/sql";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { startProcess } from "@/tests/support/start-process";
import type { EventReader, ReaderKind } from "./event-reader";
import { readUsage } from "./process-usage";

/** Our collector with its store on SQLite or PostgreSQL. It counts the ends of tasks that are in the store. */
export const CELERIAC_KINDS = [
  { name: "Celeriac, store on SQLite", counts: "ends", start: startOnSqlite },
  { name: "Celeriac, store on PostgreSQL", counts: "ends", start: startOnPostgresql },
] as const satisfies readonly ReaderKind[];

async function startOnSqlite(brokerUrl: string): Promise<EventReader> {
  const folder = makeTempFolder("bench");
  return startCollector(brokerUrl, `file:${folder}/store.db`, async () => removeFolder(folder));
}

async function startOnPostgresql(brokerUrl: string): Promise<EventReader> {
  const postgres = await startPostgresServer();
  return startCollector(brokerUrl, await postgres.createDatabase("store"), () => postgres.stop());
}

async function startCollector(
  brokerUrl: string,
  storeUrl: string,
  cleanUp: () => Promise<void>,
): Promise<EventReader> {
  await compileProduct();
  const store = await openStore(storeUrl);
  const collector = await startProcess({
    command: process.execPath,
    args: [...LEAN_COMPILED, "dist/collector.mjs"],
    cwd: REPOSITORY_ROOT,
    env: {
      ...LEAN_ENVIRONMENT,
      ...{ CELERY_BROKER_URL: brokerUrl, DATABASE_URL: storeUrl, LOG_LEVEL: "info" },
      // An hour at the highest rate would be 40 GB.
      CELERIAC_RETENTION_GB: "1",
    },
  });
  await collector.waitForOutput("takes events in");
  return {
    name: "Celeriac",
    async count() {
      const [row] = await store.client.$queryRaw<{ ends: number | bigint | null }[]>`
        SELECT sum(succeeded + failed + retried) AS ends FROM throughput`;
      return toNumber(row?.ends ?? 0);
    },
    usage: () => readUsage(collector.pid),
    async stop() {
      await collector.stop();
      await store.close();
      await cleanUp();
    },
  };
}
