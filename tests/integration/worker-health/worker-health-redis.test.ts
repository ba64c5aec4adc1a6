import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { listTopicVersions } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import { getWorkerHistory } from "@/lib/store/worker-samples";
import { getWorker } from "@/lib/store/workers";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { tryCommand } from "@/tests/support/run-command";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import { HealthWatch } from "./health-watch";
import { sendWithoutMethod } from "./send-without-method";

/** Celery's own interval between heartbeats. */
const HEARTBEAT_MS = 2_000;
const SLEEP = "test_project.tasks.sleep";
const NO_HEARTBEATS = ["--without-heartbeat", "--without-gossip"];
/** Workers that send no task events until they are told to. */
const NO_EVENTS = { TEST_SEND_TASK_EVENTS: "0" };

describe("the health of real workers on Redis", () => {
  let redis: RedisServer;
  let project: TestProject;
  let old: TestProject;
  let watch: HealthWatch;
  let store: Store;
  let first: CeleryWorker;
  let solo: CeleryWorker;
  let quiet: CeleryWorker;
  let soloTask: string;
  let frozenAt: number;
  let frozen: CeleryWorker;
  let held: string[];

  beforeAll(async () => {
    redis = await startRedisServer();
    const brokerUrl = redis.url;
    project = await createTestProject({ environment: await ensurePythonEnvironment("newest"), brokerUrl });
    old = await createTestProject({ environment: await ensurePythonEnvironment("oldest"), brokerUrl });
    watch = await HealthWatch.open(brokerUrl, 3_600);
    ({ store } = watch.collector);
    watch.noteLives();
  });
  afterAll(async () => {
    await watch?.close();
    await Promise.all([project?.stop(), old?.stop()]);
    await redis?.stop();
  });

  test("one that joins is right", async () => {
    first = await project.startWorker({ name: "first", queues: ["first"], env: NO_EVENTS });
    // It may answer before its first heartbeat, which alone says what it runs.
    const known = await watch.until(
      first,
      ({ answers, pid }) =>
        answers?.queues?.[0] === "first" &&
        answers.taskEvents === true &&
        answers.limits !== null &&
        pid === first.pid,
    );
    expect(known).toMatchObject({ announced: "online", pid: first.pid, freqSeconds: 2, marks: [] });
    expect(known.answers?.limits?.["test_project.tasks.exceed_hard_limit"]).toEqual({
      ...{ rateLimit: null, softTimeLimit: null, timeLimit: 1 },
    });
  });

  test("a solo worker that is busy, one that has stopped listening and one that never sends heartbeats are begun with", async () => {
    [solo, quiet, frozen] = await Promise.all([
      project.startWorker({ name: "solo", queues: ["solo"], args: ["--pool", "solo"] }),
      project.startWorker({ name: "quiet", queues: ["quiet"], args: NO_HEARTBEATS, env: NO_EVENTS }),
      old.startWorker({ name: "frozen", queues: ["frozen"], concurrency: 1 }),
    ]);
    await watch.until(frozen, ({ answers }) => answers?.pid === frozen.pid);
    await watch.until(solo, ({ answers }) => answers?.pool === "solo");
    // Nothing tells of it but its answer to the next round of questions.
    await watch.until(quiet, ({ freqSeconds, answers }) => freqSeconds === null && answers !== null, 40_000);
    [soloTask = ""] = await project.send([{ task: SLEEP, args: "(25,)", options: { queue: "solo" } }]);
    await sendWithoutMethod(redis.url, frozen.hostname);
    frozenAt = Date.now();
  });

  test("one that is killed is offline within twice its heartbeat and two seconds, and its tasks are stuck", async () => {
    held = await project.send(
      Array.from({ length: 3 }, () => ({ task: SLEEP, args: "(600,)", options: { queue: "first" } })),
    );
    await waitFor(
      async () =>
        (await watch.stateOf(held[1])) === "STARTED" && (await watch.stateOf(held[2])) === "RECEIVED",
    );
    expect(await watch.explain(held[2])).toEqual(["reserved-behind"]);
    expect(await watch.listStuck()).toEqual([]);
    const versions = await listTopicVersions(store);

    await first.kill();
    const killedMs = startStopwatch();
    await watch.until(first, (worker) => !isWorkerOnline(worker));
    expect(killedMs()).toBeLessThan(2 * HEARTBEAT_MS + 2_000);
    // The pages are told.
    await waitFor(
      async () => ((await listTopicVersions(store)).get("workers") ?? 0) > (versions.get("workers") ?? 0),
    );

    const stuck = await watch.listStuck();
    expect(stuck.map(({ id, reason, remedy, worker }) => [id, reason, remedy, worker]).sort()).toEqual(
      [
        [held[0], "worker-gone", "redispatch", first.hostname],
        [held[1], "worker-gone", "redispatch", first.hostname],
        [held[2], "worker-gone", "revoke", first.hostname],
      ].sort(),
    );
    expect(await watch.explain(held[2])).toEqual(["worker-gone"]);
  });

  test("the command prints them and ends with 1; with 2 where it can't look", async () => {
    const { settings, folder } = watch.collector;
    const check = (env: Record<string, string>) =>
      tryCommand(process.execPath, ["bin/celeriac.mjs", "stuck"], { cwd: REPOSITORY_ROOT, env });
    const found = await check(settings);
    expect(found.status).toBe(1);
    expect(found.stderr).toBe("");
    const lines = found.stdout
      .trim()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(lines.map(([reason, id, name, worker]) => [reason, id, name, worker]).sort()).toEqual(
      held.map((id) => ["worker-gone", id, SLEEP, first.hostname]).sort(),
    );
    const blind = await check({ ...settings, DATABASE_URL: `file:${join(folder, "another.db")}` });
    expect(blind).toMatchObject({ status: 2, stdout: "" });
    expect(blind.stderr).toBe("No collector is running: this is what was known when the last one ended.\n");
  });

  test("one that starts again under the same name is another process, and lost what the first one held", async () => {
    first = await project.startWorker({ name: "first", queues: ["first", "more"], env: NO_EVENTS });
    // It may answer before its first heartbeat, which alone says that it is there, and what it runs.
    const known = await watch.until(
      first,
      ({ answers, pid, announced }) =>
        answers?.queues?.length === 2 &&
        answers.taskEvents === true &&
        answers.pid === first.pid &&
        pid === first.pid &&
        announced === "online",
    );
    expect(known).toMatchObject({
      announced: "online",
      pid: first.pid,
      active: 0,
      answers: { pid: first.pid },
    });
    const stuck = await watch.listStuck();
    expect(stuck.map(({ reason }) => reason)).toEqual(["worker-gone", "worker-gone", "worker-gone"]);
    expect(stuck[0]?.detail).toMatch(/^Its worker was replaced by another process/);
  });

  test("one that is stopped is silent, not frozen, and comes back", async () => {
    first.signal("SIGSTOP");
    const silent = await watch.until(first, (worker) => !isWorkerOnline(worker));
    expect(silent).toMatchObject({ announced: "silent", marks: [] });
    first.signal("SIGCONT");
    await watch.until(first, isWorkerOnline);
  });

  test("one that has stopped listening is frozen while its heartbeats go on", async () => {
    const known = await watch.until(frozen, ({ marks }) => marks.length > 0, 60_000);
    expect(known.marks).toEqual([
      {
        mark: "frozen",
        detail: expect.stringMatching(/^Its heartbeats arrive, but it (listens to no|has answered none)/),
        remedy: expect.stringMatching(/^Restart it/),
      },
    ]);
    expect(known.lastHeartbeatAt).toBeGreaterThan(frozenAt + HEARTBEAT_MS);
    const [waiting] = await project.send([{ task: SLEEP, args: "(1,)", options: { queue: "frozen" } }]);
    await waitFor(async () => (await watch.stateOf(waiting)) === "PENDING");
    await waitFor(async () => (await watch.explain(waiting)).includes("worker-frozen"));
  });

  test("a broker that comes back makes nobody silent", async () => {
    await waitFor(async () => (await watch.stateOf(soloTask)) === "SUCCESS", { timeoutMs: 40_000 });
    const before = new Map(watch.lives);
    await redis.restart();
    const restartedAt = Date.now();
    await watch.until(
      first,
      ({ lastHeartbeatAt }) => lastHeartbeatAt > restartedAt + 2 * HEARTBEAT_MS,
      40_000,
    );
    for (const [hostname, life] of watch.lives) {
      expect(life.slice(before.get(hostname)?.length ?? 0)).not.toContain("silent");
    }
  });

  test("one that leaves is offline at once; the busy and the quiet one were never anything but online", async () => {
    expect(watch.lives.get(solo.hostname)).not.toContain("silent");
    expect(watch.lives.get(quiet.hostname)).not.toContain("silent");
    expect((await getWorker(store, solo.hostname))?.marks).toEqual([]);
    await solo.stop();
    const stoppedAt = Date.now();
    const stoppedMs = startStopwatch();
    await watch.until(solo, ({ announced }) => announced === "offline");
    expect(stoppedMs()).toBeLessThan(HEARTBEAT_MS);
    const { hostname } = first;
    const range = { hostname, from: stoppedAt - 600_000, to: stoppedAt + 600_000, points: 300 };
    // The first minute's sample may be of before its first answer.
    const sample = await waitFor(async () =>
      (await getWorkerHistory(store, range)).find(({ maxRssBytes }) => maxRssBytes !== null),
    );
    expect(sample.maxRssBytes).toBeGreaterThan(10_000_000);
    expect(sample.load).toBeGreaterThanOrEqual(0);
  });

  test("a setting keeps workers from being told to send events", async () => {
    const { collector } = watch;
    await collector.process.stop();
    collector.process = await startCeleriac({
      part: "collector",
      settings: { ...collector.settings, CELERIAC_ENABLE_EVENTS: "false" },
    });
    const mute = await project.startWorker({ name: "mute", queues: ["mute"], env: NO_EVENTS });
    await watch.until(mute, ({ answers }) => answers?.queues?.[0] === "mute");
    const [id] = await project.send([
      { task: "test_project.tasks.give", args: "(1,)", options: { queue: "mute" } },
    ]);
    const known = await watch.until(mute, ({ processed }) => processed === 1);
    expect(known.answers?.taskEvents).toBeNull();
    // Its sender tells of it, its worker does not.
    expect(await watch.stateOf(id)).toBe("PENDING");
  });
});
