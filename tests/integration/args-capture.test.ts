import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getTaskHistory } from "@/lib/history/get-task-history";
import { listCapturedArgs } from "@/lib/store/captured-args";
import type { Store } from "@/lib/store/store";
import { getTask } from "@/lib/store/tasks";
import { getWorker } from "@/lib/store/workers";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";
import { ActiveCollector } from "./active-collector";

const TASK = "test_project.tasks.hold";
const LONG = "x".repeat(3_000);
const PATIENCE = { timeoutMs: 90_000 };

describe.each(["newest", "oldest"] as const)("capture beside workers of the %s Celery", (set) => {
  let redis: RedisServer;
  let project: TestProject;
  let worker: CeleryWorker;
  let collector: ActiveCollector;
  let store: Store;

  beforeAll(async () => {
    redis = await startRedisServer();
    const environment = await ensurePythonEnvironment(set);
    project = await createTestProject({ environment, brokerUrl: redis.url, acceptContent: ["json"] });
    const settings = { CELERY_BROKER_URL: redis.url, CELERIAC_CAPTURE_ARGS: "true" };
    [collector, worker] = await Promise.all([
      ActiveCollector.start(settings, PATIENCE.timeoutMs),
      project.startWorker({ name: "json", concurrency: 4 }),
    ]);
    ({ store } = collector);
    await waitFor(async () => (await getWorker(store, worker.hostname))?.answers?.acceptContent, PATIENCE);
  });
  afterAll(async () => {
    await collector?.stop();
    await project?.stop();
    await redis?.stop();
  });

  test("args that no event told are asked of the worker while it holds the task", async () => {
    const [cut = "", typed = "", whole = "", later = ""] = await project.send([
      { task: TASK, args: `(6, '${LONG}', [[[[1]]]], 10 ** 30)`, kwargs: "{'k': None}" },
      { task: TASK, args: "(6, Decimal('1.50'))" },
      { task: TASK, args: "(1, 'whole')" },
      { task: TASK, args: `(6, '${LONG}')`, options: { countdown: 2 } },
    ]);
    const ids = [cut, typed, whole, later];
    const captured = await waitFor(
      async () => {
        const found = await listCapturedArgs(store, ids);
        return found.size === 3 ? found : null;
      },
      { ...PATIENCE, what: () => `three captured tasks\n${collector.lastOutput()}` },
    );
    expect(captured.get(cut)).toEqual({
      ...{ taskId: cut, name: TASK, kwargs: '{"k": null}' },
      args: `[6, "${LONG}", [[[[1]]]], 1${"0".repeat(30)}]`,
    });
    const decimal = '{"__type__": "decimal", "__value__": "1.50"}';
    expect(captured.get(typed)?.args).toBe(set === "newest" ? `[6, ${decimal}]` : '[6, "1.50"]');
    expect(captured.get(later)?.args).toBe(`[6, "${LONG}"]`);
    await waitFor(async () => (await getTask(store, cut))?.state === "FAILURE", PATIENCE);
    expect(await getTaskHistory({ store, results: null }, cut, [])).toMatchObject({
      ...{ argsClass: "exact", argsFrom: "captured", argsReason: null },
    });
    expect(worker.hasExited()).toBe(false);
  });
});
