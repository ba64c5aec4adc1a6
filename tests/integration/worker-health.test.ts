import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { listTopicVersions } from "@/lib/store/changes";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { getTask } from "@/lib/store/tasks";
import { getWorker, type StoredWorker } from "@/lib/store/workers";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import type { RunningProcess } from "@/tests/support/start-process";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

/** Celery's own interval between heartbeats. */
const HEARTBEAT_MS = 2_000;

describe("the health of real workers on Redis", () => {
  const folder = makeTempFolder("worker-health");
  let redis: RedisServer;
  let project: TestProject;
  let old: TestProject;
  let collector: RunningProcess;
  let store: Store;
  let worker: CeleryWorker;

  beforeAll(async () => {
    redis = await startRedisServer();
    const brokerUrl = redis.url;
    project = await createTestProject({ environment: await ensurePythonEnvironment("newest"), brokerUrl });
    old = await createTestProject({ environment: await ensurePythonEnvironment("oldest"), brokerUrl });
    const settings = { CELERY_BROKER_URL: redis.url, DATABASE_URL: `file:${join(folder, "celeriac.db")}` };
    collector = await startCeleriac({ part: "collector", settings });
    await collector.waitForOutput("is the active collector");
    store = await openStore(settings.DATABASE_URL);
  });
  afterAll(async () => {
    await collector?.stop();
    await store?.close();
    await Promise.all([project?.stop(), old?.stop()]);
    await redis?.stop();
    removeFolder(folder);
  });

  test("one that joins is right within two heartbeats", async () => {
    worker = await project.startWorker({
      name: "busy",
      queues: ["busy"],
      env: { TEST_SEND_TASK_EVENTS: "0" },
    });
    const readyAt = Date.now();
    await until(
      worker.hostname,
      (known) =>
        isWorkerOnline(known) && known.answers?.queues?.[0] === "busy" && known.answers.taskEvents === true,
    );
    console.log("join", Date.now() - readyAt);
    expect(Date.now() - readyAt).toBeLessThan(2 * HEARTBEAT_MS);
  });

  test("kill", async () => {
    const ids = await project.send([
      { task: "test_project.tasks.sleep", args: "(600,)", options: { queue: "busy" } },
      { task: "test_project.tasks.sleep", args: "(600,)", options: { queue: "busy" } },
      { task: "test_project.tasks.sleep", args: "(600,)", options: { queue: "busy" } },
    ]);
    await waitFor(
      async () =>
        (await getTask(store, ids[1] ?? ""))?.state === "STARTED" &&
        (await getTask(store, ids[2] ?? ""))?.state === "RECEIVED",
    );
    const topics = await listTopicVersions(store);
    await worker.kill();
    const killedAt = Date.now();
    await until(worker.hostname, (known) => !isWorkerOnline(known));
    console.log("offline after", Date.now() - killedAt);
    expect(Date.now() - killedAt).toBeLessThan(2 * HEARTBEAT_MS + 2_000);
    await waitFor(
      async () => ((await listTopicVersions(store)).get("workers") ?? 0) > (topics.get("workers") ?? 0),
    );
    console.log(await getWorker(store, worker.hostname));
  });

  async function until(
    hostname: string,
    condition: (worker: StoredWorker) => boolean,
  ): Promise<StoredWorker> {
    let known: StoredWorker | null = null;
    const isMet = async () => {
      known = await getWorker(store, hostname);
      return known !== null && condition(known) ? known : null;
    };
    return await waitFor(isMet, {
      what: () => `${hostname}: ${JSON.stringify(known)}\n${collector.output().slice(-2_000)}`,
    });
  }
});
