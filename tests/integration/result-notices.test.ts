import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { getTask } from "@/lib/store/tasks";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { RunningProcess } from "@/tests/support/start-process";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const PATIENCE_MS = 90_000;

describe.each(["newest", "oldest"] as const)("a Redis result backend of the %s Celery", (set) => {
  const folder = makeTempFolder("notices");
  let redis: RedisServer;
  let project: TestProject;
  let collector: RunningProcess;
  let store: Store;

  beforeAll(async () => {
    redis = await startRedisServer();
    const environment = await ensurePythonEnvironment(set);
    const resultBackend = redis.url.replace(/0$/, "1");
    project = await createTestProject({ environment, brokerUrl: redis.url, resultBackend });
    const databaseUrl = `file:${join(folder, "celeriac.db")}`;
    const settings = {
      CELERY_BROKER_URL: redis.url,
      DATABASE_URL: databaseUrl,
      CELERIAC_RESULT_BACKEND_URL: resultBackend,
      // Workers tell nothing: what is known of an end, the backend has told.
      CELERIAC_ENABLE_EVENTS: "false",
    };
    [collector] = await Promise.all([
      startCeleriac({ part: "collector", settings }),
      project.startWorker({ name: "mute", env: { TEST_SEND_TASK_EVENTS: "0" } }),
    ]);
    await collector.waitForOutput("is the active collector", PATIENCE_MS);
    store = await openStore(databaseUrl);
  });
  afterAll(async () => {
    await collector?.stop();
    await store?.close();
    await project?.stop();
    await redis?.stop();
    removeFolder(folder);
  });

  test("tells the ends of tasks of which no event does", async () => {
    const [good = "", bad = ""] = await project.send([
      { task: "test_project.tasks.echo", args: "(1,)" },
      { task: "test_project.tasks.fail", args: "('ValueError', 'no')" },
    ]);
    const ended = await waitFor(
      async () => {
        const tasks = [await getTask(store, good), await getTask(store, bad)];
        return tasks.every((task) => task?.finishedAt != null) ? tasks : null;
      },
      { timeoutMs: PATIENCE_MS, what: () => `the ends of two tasks\n${collector.output().slice(-2_000)}` },
    );
    expect(ended).toMatchObject([
      { state: "SUCCESS", name: "test_project.tasks.echo" },
      {
        ...{ state: "FAILURE", name: "test_project.tasks.fail" },
        exception: expect.stringContaining("no such order"),
      },
    ]);
  });
});
