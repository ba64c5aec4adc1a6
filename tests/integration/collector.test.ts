import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { listTopicVersions } from "@/lib/store/changes";
import { getCollectorStatus } from "@/lib/store/collector-status";
import { getNumbersHistory } from "@/lib/store/number-history";
import { getQueueHistory } from "@/lib/store/queue-history";
import { listQueues } from "@/lib/store/queues";
import type { Store } from "@/lib/store/store";
import { listTaskTypeQueues, listTaskTypes } from "@/lib/store/task-types";
import { getTask } from "@/lib/store/tasks";
import { countFailedSince, getThroughput } from "@/lib/store/throughput";
import { getWorker } from "@/lib/store/workers";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import { ActiveCollector } from "./active-collector";

const MINUTE = 60_000;

describe("the collector beside a real worker", () => {
  let redis: RedisServer;
  let project: TestProject;
  let worker: CeleryWorker;
  let collector: ActiveCollector;
  let store: Store;

  beforeAll(async () => {
    redis = await startRedisServer();
    const environment = await ensurePythonEnvironment("newest");
    project = await createTestProject({ environment, brokerUrl: redis.url });
    // This worker sends no task events until it is told to.
    worker = await project.startWorker({
      ...{ name: "first", queues: ["celery", "mail"] },
      env: { TEST_SEND_TASK_EVENTS: "0" },
    });
    const settings = { CELERY_BROKER_URL: redis.url, RESULTS_DATABASE_URL: project.databaseUrl };
    collector = await ActiveCollector.start(settings);
    ({ store } = collector);
  });
  afterAll(async () => {
    await collector?.stop();
    await project?.stop();
    await redis?.stop();
  });

  test("learns what the worker is, and has it send task events", async () => {
    const known = await waitFor(
      async () => {
        const stored = await getWorker(store, worker.hostname);
        const hasAnswered = stored?.answers?.registered && stored.answers.taskEvents;
        // It may answer before its first heartbeat, which alone says what it runs.
        return hasAnswered && stored.softwareVersion !== null ? stored : null;
      },
      { what: () => `the worker's answers and heartbeat\n${collector.lastOutput()}` },
    );
    expect(known).toMatchObject({
      announced: "online",
      pid: worker.pid,
      softwareVersion: expect.stringMatching(/^5\./),
      answers: {
        ...{ pool: "prefork", concurrency: 2, pid: worker.pid, taskEvents: true },
        ...{ queues: ["celery", "mail"], acceptContent: ["json", "pickle"] },
        registered: expect.arrayContaining(["test_project.tasks.echo"]),
      },
    });
    expect(known.answers?.maxRssBytes).toBeGreaterThan(10_000_000);
    expect(isWorkerOnline(known)).toBe(true);
  });

  test("turns events into rows, counts and types", async () => {
    const before = await listTopicVersions(store);
    const [done = "", failed = "", retried = ""] = await project.send([
      {
        task: "test_project.tasks.echo",
        args: "(1, 'two')",
        kwargs: "{'k': None}",
        options: { queue: "mail" },
      },
      { task: "test_project.tasks.fail", args: "(3,)" },
      { task: "test_project.tasks.retry", kwargs: "{'succeed_at': 1}" },
    ]);
    await waitForState(done, "SUCCESS");
    await waitForState(failed, "FAILURE");
    await waitForState(retried, "SUCCESS");
    const record = await getTask(store, done);
    expect(record).toMatchObject({
      ...{ name: "test_project.tasks.echo", worker: worker.hostname, queue: "mail", retries: 0 },
      ...{
        args: "(1, 'two')",
        kwargs: "{'k': None}",
        result: "{'args': 2, 'kwargs': ['k']}",
        exception: null,
      },
    });
    for (const at of [record?.sentAt, record?.receivedAt, record?.startedAt, record?.finishedAt]) {
      expect(Math.abs(Date.now() - (at ?? 0))).toBeLessThan(MINUTE);
    }
    expect(await getTask(store, failed)).toMatchObject({
      exception: "ValueError('no such order: (3,)')",
      traceback: expect.stringContaining("raise ValueError"),
    });
    // A worker may tell of the retry after it has told of the second attempt, which another process of its pool ran.
    await waitFor(
      async () => {
        const again = await getTask(store, retried);
        return (
          again?.attempts
            .map(({ state }) => state)
            .sort()
            .join() === "RETRY,SUCCESS"
        );
      },
      { what: "both attempts of a task that was retried" },
    );
    expect((await getTask(store, retried))?.state).toBe("SUCCESS");

    expect(await countFailedSince(store, Date.now() - MINUTE)).toBe(1);
    const { points } = await getThroughput(store, { minutes: 5, points: 1, now: Date.now() });
    expect(points[0]).toMatchObject({ succeeded: 2, failed: 1, retried: 1 });
    expect(await listTaskTypeQueues(store, ["test_project.tasks.echo"])).toEqual(
      new Map([["test_project.tasks.echo", "mail"]]),
    );
    const fail = "test_project.tasks.fail";
    expect((await listTaskTypes(store)).map(({ name }) => name)).toContain(fail);
    const numbers = await waitFor(async () => {
      const range = { of: "type", name: fail, from: Date.now() - 5 * MINUTE, to: Date.now() + 1 } as const;
      const { total } = await getNumbersHistory(store, { ...range, points: 5, now: Date.now() });
      return total.failed > 0 ? total : null;
    });
    expect(numbers).toMatchObject({ succeeded: 0, failed: 1, skewed: 0 });
    const after = await listTopicVersions(store);
    expect(after.get("tasks")).toBeGreaterThan(before.get("tasks") ?? 0);
  });

  test("shows a backlog that nobody consumes, each second", async () => {
    await project.send(
      Array.from({ length: 7 }, () => ({ task: "test_project.tasks.echo", options: { queue: "nobody" } })),
    );
    await waitFor(async () =>
      (await listQueues(store)).some(({ name, depth }) => name === "nobody" && depth === 7),
    );
    const history = () =>
      getQueueHistory(store, {
        name: "nobody",
        from: Date.now() - MINUTE,
        to: Date.now() + MINUTE,
        points: 300,
      });
    const points = await waitFor(async () => {
      const found = (await history()).filter((point) => point.depth === 7);
      return found.length >= 4 ? found : null;
    });
    const steps = points.slice(1).map((point, index) => point.at - (points[index]?.at ?? 0));
    // On a machine that is busy elsewhere one look or the other comes late.
    expect(Math.min(...steps)).toBeLessThan(2_500);
    // Each message's age comes from its task-sent event.
    expect(points.at(-1)?.oldestWaitingSeconds).toBeGreaterThan(2);
  });

  test("stands by while another is active, and takes over when that one is killed", async () => {
    const second = await startCeleriac({ part: "collector", settings: collector.settings });
    await second.waitForOutput("collector starts");
    await collector.process.kill();
    await second.waitForOutput("is the active collector", 25_000);
    collector.process = second;
    const [id = ""] = await project.send([{ task: "test_project.tasks.echo" }]);
    await waitForState(id, "SUCCESS");
  });

  test("survives a killed broker, says since when, and is live again within five seconds", async () => {
    const killedAt = Date.now();
    await redis.kill();
    const away = await waitFor(async () => {
      const status = await getCollectorStatus(store, Date.now());
      return status?.active && !status.broker.connected ? status : null;
    });
    expect(away.broker.since).toBeGreaterThanOrEqual(killedAt);
    expect(away.broker.since).toBeLessThanOrEqual(Date.now());
    expect(away.broker.error).not.toBeNull();
    // Long enough for the waits between two attempts to have grown to their cap, which is a second.
    await waitFor(() => Date.now() - away.broker.since > 5_000);
    expect(collector.process.hasExited()).toBe(false);

    await redis.restart();
    const backAt = Date.now();
    const backMs = startStopwatch();
    await waitFor(async () => {
      const status = await getCollectorStatus(store, Date.now());
      return status?.active && status.broker.connected;
    });
    await waitFor(async () => (await listQueues(store)).some((queue) => queue.sampledAt > backAt));
    expect(backMs()).toBeLessThan(5_000);

    // A worker whose connection was lost forgets that it was to send events: it is told again.
    await worker.stop();
    worker = await project.startWorker({ name: "second", env: { TEST_SEND_TASK_EVENTS: "0" } });
    await waitFor(async () => (await getWorker(store, worker.hostname))?.answers?.taskEvents);
    const [id = ""] = await project.send([{ task: "test_project.tasks.echo" }]);
    await waitForState(id, "SUCCESS");
    expect(collector.process.output()).not.toContain('"level":60');
  });

  test("gives its place back when it is told to stop", async () => {
    collector.process.signal("SIGTERM");
    expect(await collector.process.exited).toBe(0);
    expect((await getCollectorStatus(store, Date.now()))?.lagSeconds).toBe(0);
    const startMs = startStopwatch();
    collector.process = await startCeleriac({ part: "collector", settings: collector.settings });
    await collector.process.waitForOutput("is the active collector");
    // A lease that was not given back would have to run out first.
    expect(startMs()).toBeLessThan(8_000);
  });

  async function waitForState(id: string, state: string): Promise<void> {
    await waitFor(async () => (await getTask(store, id))?.state === state, {
      what: () => `${state} of ${id}\n${collector.lastOutput()}`,
    });
  }
});
