import { readFileSync } from "node:fs";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { type Figure, type MeasuredPart, writeRate, writeRatio } from "../figures";
import { fillResultTable } from "./fill-result-table";
import { runDispatch } from "./run-dispatch";
import { type BenchBroker, BROKERS } from "./start-bench-broker";

const TASKS = 100_000;
const LOOP = readFileSync(new URL("retry_loop.py", import.meta.url), "utf8");

/** Re-dispatches failed tasks end to end, and with a Python loop over the same rows, on each broker. */
export async function measureRedispatch({
  tasks = TASKS,
}: {
  tasks?: number | undefined;
}): Promise<MeasuredPart> {
  const folder = makeTempFolder("bench");
  const [environment, postgres] = await Promise.all([
    ensurePythonEnvironment("newest"),
    startPostgresServer(),
  ]);
  const resultsUrl = await postgres.createDatabase("shop");
  const figures: Figure[] = [];
  let isFilled = false;
  for (const [name, start] of Object.entries(BROKERS)) {
    const broker = await start();
    const project = await createTestProject({ environment, brokerUrl: broker.url, databaseUrl: resultsUrl });
    if (!isFilled) await fillResultTable(resultsUrl, { succeeded: 0, failed: tasks });
    isFilled = true;
    const rival = await runLoop(project, broker, tasks);
    const stores = {
      SQLite: `file:${folder}/${name}.db`,
      PostgreSQL: await postgres.createDatabase(`store_${name.toLowerCase()}`),
    };
    for (const [storeName, storeUrl] of Object.entries(stores)) {
      const { url: brokerUrl, managementUrl } = broker;
      const times = await runDispatch({ resultsUrl, storeUrl, brokerUrl, managementUrl, isSent: true });
      if (times.dispatched !== tasks) throw new Error(`${times.dispatched} of ${tasks} tasks were sent`);
      const { planSeconds, sendSeconds, cpuSeconds, maxRssMb } = times;
      const rate = tasks / (planSeconds + sendSeconds);
      figures.push({
        what: `${name}, store on ${storeName}: planned ${writeRate(tasks / planSeconds)}, sent ${writeRate(tasks / sendSeconds)}, ${cpuSeconds.toFixed(1)} s of one core, ${maxRssMb.toFixed(0)} MB`,
        celeriac: writeRate(rate),
        rival: writeRate(rival),
        ratio: writeRatio(rate, rival),
        goal: "10 ×",
      });
    }
    await Promise.all([project.stop(), broker.stop()]);
  }
  await postgres.stop();
  removeFolder(folder);
  return {
    title: `Re-dispatch of ${tasks.toLocaleString("en-US")} failed tasks`,
    method:
      "Celeriac, in one process: read from PostgreSQL, plan, record, read again, send, record. Instead: a Python loop of " +
      `send_task over the same rows, Celery ${environment.celery}, nothing recorded. RabbitMQ with confirms on both sides.`,
    figures,
  };
}

/** Tasks per second of the loop. */
async function runLoop(project: TestProject, broker: BenchBroker, tasks: number): Promise<number> {
  const output = await project.run(broker.confirms ? `CONFIRM = True\n${LOOP}` : LOOP);
  const { seconds, sent }: { seconds: number; sent: number } = JSON.parse(output);
  if (sent !== tasks) throw new Error(`the loop sent ${sent} of ${tasks} tasks`);
  return sent / seconds;
}
