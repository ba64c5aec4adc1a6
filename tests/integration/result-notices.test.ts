import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "@/lib/store/store";
import { getTask } from "@/lib/store/tasks";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";
import { ActiveCollector } from "./active-collector";

const PATIENCE_MS = 90_000;

describe.each(["newest", "oldest"] as const)("a Redis result backend of the %s Celery", (set) => {
  let redis: RedisServer;
  let project: TestProject;
  let collector: ActiveCollector;
  let store: Store;

  beforeAll(async () => {
    redis = await startRedisServer();
    const environment = await ensurePythonEnvironment(set);
    const resultBackend = redis.url.replace(/0$/, "1");
    project = await createTestProject({ environment, brokerUrl: redis.url, resultBackend });
    const settings = {
      CELERY_BROKER_URL: redis.url,
      CELERIAC_RESULT_BACKEND_URL: resultBackend,
      // Workers tell nothing: what is known of an end, the backend has told.
      CELERIAC_ENABLE_EVENTS: "false",
    };
    [collector] = await Promise.all([
      ActiveCollector.start(settings, PATIENCE_MS),
      project.startWorker({ name: "mute", env: { TEST_SEND_TASK_EVENTS: "0" } }),
    ]);
    ({ store } = collector);
  });
  afterAll(async () => {
    await collector?.stop();
    await project?.stop();
    await redis?.stop();
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
      { timeoutMs: PATIENCE_MS, what: () => `the ends of two tasks\n${collector.lastOutput()}` },
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
