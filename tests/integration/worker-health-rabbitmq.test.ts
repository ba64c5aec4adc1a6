import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { listStuckTasks } from "@/lib/diagnosis/stuck/list-stuck-tasks";
import { openStore } from "@/lib/store/open-store";
import { getTask } from "@/lib/store/tasks";
import { getWorker, type StoredWorker } from "@/lib/store/workers";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startCeleriac } from "@/tests/support/start-celeriac";
import { startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";

const HEARTBEAT_MS = 2_000;
const SLEEP = "test_project.tasks.sleep";

test("on RabbitMQ a killed worker is offline in time, and a busy solo worker is not", async () => {
  const server = await startRabbitmqServer();
  onTestFinished(() => server.stop());
  const folder = makeTempFolder("worker-health-rabbitmq");
  onTestFinished(() => removeFolder(folder));
  const environment = await ensurePythonEnvironment("newest");
  const project = await createTestProject({ environment, brokerUrl: server.url });
  onTestFinished(() => project.stop());
  const settings = { CELERY_BROKER_URL: server.url, DATABASE_URL: `file:${join(folder, "celeriac.db")}` };
  const collector = await startCeleriac({ part: "collector", settings });
  onTestFinished(() => collector.stop());
  await collector.waitForOutput("is the active collector");
  const store = await openStore(settings.DATABASE_URL);
  onTestFinished(() => store.close());
  const broker = openBroker({ url: server.url, options: {} });
  onTestFinished(() => broker.close());

  const [solo, worker] = await Promise.all([
    project.startWorker({ name: "solo", queues: ["solo"], args: ["--pool", "solo"] }),
    project.startWorker({ name: "prefork", queues: ["prefork"], env: { TEST_SEND_TASK_EVENTS: "0" } }),
  ]);
  const readyMs = startStopwatch();
  await until(
    worker.hostname,
    ({ answers }) => answers?.queues?.[0] === "prefork" && answers.taskEvents === true,
  );
  expect(readyMs()).toBeLessThan(2 * HEARTBEAT_MS);
  await until(solo.hostname, ({ answers }) => answers?.pool === "solo");

  const [busy = "", running = ""] = await project.send([
    { task: SLEEP, args: "(12,)", options: { queue: "solo" } },
    { task: SLEEP, args: "(600,)", options: { queue: "prefork" } },
  ]);
  await waitFor(async () => (await getTask(store, running))?.state === "STARTED");
  await worker.kill();
  const killedMs = startStopwatch();
  await until(worker.hostname, (known) => !isWorkerOnline(known));
  expect(killedMs()).toBeLessThan(2 * HEARTBEAT_MS + 2_000);
  const sources = { store, results: null, broker, visibilityTimeoutSeconds: null };
  const { tasks } = await listStuckTasks(sources, { seconds: 300, now: Date.now() });
  expect(tasks.map(({ id, reason, remedy }) => [id, reason, remedy])).toEqual([
    [running, "worker-gone", "redispatch"],
  ]);

  const seen = new Set<string | undefined>();
  await waitFor(async () => {
    seen.add((await getWorker(store, solo.hostname))?.announced);
    return (await getTask(store, busy))?.state === "SUCCESS";
  });
  expect([...seen]).toEqual(["online"]);

  async function until(hostname: string, condition: (known: StoredWorker) => boolean): Promise<void> {
    const isMet = async () => {
      const known = await getWorker(store, hostname);
      return known !== null && condition(known);
    };
    await waitFor(isMet, { what: () => `${hostname}\n${collector.output().slice(-2_000)}` });
  }
});
