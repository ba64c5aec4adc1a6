import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { getWorker } from "@/lib/store/workers";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import { HealthWatch } from "./health-watch";

const HEARTBEAT_MS = 2_000;
const SLEEP = "test_project.tasks.sleep";

test("on RabbitMQ a killed worker is offline in time, and a busy solo worker is not", async () => {
  const brokerUrl = await (await shareRabbitmqServer()).createVirtualHost(`health ${randomUUID()}`);
  const environment = await ensurePythonEnvironment("newest");
  const project = await createTestProject({ environment, brokerUrl });
  onTestFinished(() => project.stop());
  const watch = await HealthWatch.open(brokerUrl, null);
  onTestFinished(() => watch.close());
  const { store } = watch.collector;

  const [solo, worker] = await Promise.all([
    project.startWorker({ name: "solo", queues: ["solo"], args: ["--pool", "solo"] }),
    project.startWorker({ name: "prefork", queues: ["prefork"], env: { TEST_SEND_TASK_EVENTS: "0" } }),
  ]);
  await watch.until(
    worker,
    ({ answers }) => answers?.queues?.[0] === "prefork" && answers.taskEvents === true,
  );
  await watch.until(solo, ({ answers }) => answers?.pool === "solo");

  const [busy = "", running = ""] = await project.send([
    { task: SLEEP, args: "(12,)", options: { queue: "solo" } },
    { task: SLEEP, args: "(600,)", options: { queue: "prefork" } },
  ]);
  await waitFor(async () => (await watch.stateOf(running)) === "STARTED");
  await worker.kill();
  const killedMs = startStopwatch();
  await watch.until(worker, (known) => !isWorkerOnline(known));
  expect(killedMs()).toBeLessThan(2 * HEARTBEAT_MS + 2_000);
  const tasks = await watch.listStuck();
  expect(tasks.map(({ id, reason, remedy }) => [id, reason, remedy])).toEqual([
    [running, "worker-gone", "redispatch"],
  ]);

  const seen = new Set<string | undefined>();
  await waitFor(async () => {
    seen.add((await getWorker(store, solo.hostname))?.announced);
    return (await watch.stateOf(busy)) === "SUCCESS";
  });
  expect([...seen]).toEqual(["online"]);
});
