import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { startRedisServer } from "@/tests/support/start-redis-server";
import type { MeasuredPart } from "../figures";
import { fillResultTable } from "../redispatch/fill-result-table";
import { runDispatch } from "../redispatch/run-dispatch";

const TASKS = 100_000;
/** Rows that the failed ones are among, for each of them. */
const ROWS_PER_TASK = 100;

/** Previews failed tasks out of a hundred times as many rows on PostgreSQL. */
export async function measurePreview({
  tasks = TASKS,
}: {
  tasks?: number | undefined;
}): Promise<MeasuredPart> {
  const folder = makeTempFolder("bench");
  const [environment, postgres, redis] = await Promise.all([
    ensurePythonEnvironment("newest"),
    startPostgresServer(),
    startRedisServer(),
  ]);
  const resultsUrl = await postgres.createDatabase("shop");
  const project = await createTestProject({ environment, brokerUrl: redis.url, databaseUrl: resultsUrl });
  await fillResultTable(resultsUrl, { succeeded: tasks * (ROWS_PER_TASK - 1), failed: tasks });
  const times = await runDispatch({
    ...{ resultsUrl, storeUrl: `file:${folder}/store.db`, brokerUrl: redis.url, isSent: false },
  });
  await Promise.all([project.stop(), postgres.stop(), redis.stop()]);
  removeFolder(folder);
  const none = { rival: null, ratio: null };
  return {
    title: `Preview of ${count(tasks)} failed tasks out of ${count(tasks * ROWS_PER_TASK)} rows`,
    method: "PostgreSQL with Django's own indexes, the store on SQLite.",
    figures: [
      { what: "first numbers", celeriac: `${times.firstSeconds.toFixed(2)} s`, goal: "1 s", ...none },
      { what: "all of it", celeriac: `${times.planSeconds.toFixed(2)} s`, goal: "5 s", ...none },
      {
        what: "most memory of the process",
        celeriac: `${times.maxRssMb.toFixed(0)} MB`,
        goal: "300 MB",
        ...none,
      },
    ],
  };
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
