import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { listStuckTasks } from "@/lib/diagnosis/stuck/list-stuck-tasks";
import { explainWaiting } from "@/lib/diagnosis/waiting/explain-waiting";
import { gatherWaitingFacts } from "@/lib/diagnosis/waiting/gather-waiting-facts";
import { listTopicVersions } from "@/lib/store/changes";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { getTask } from "@/lib/store/tasks";
import { getWorkerHistory } from "@/lib/store/worker-samples";
import { getWorker, listWorkers, type StoredWorker } from "@/lib/store/workers";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { tryCommand } from "@/tests/support/run-command";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import type { RunningProcess } from "@/tests/support/start-process";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";

/** Celery's own interval between heartbeats. */
const HEARTBEAT_MS = 2_000;
const SLEEP = "test_project.tasks.sleep";
const NO_HEARTBEATS = ["--without-heartbeat", "--without-gossip"];
/** Workers that send no task events until they are told to. */
const NO_EVENTS = { TEST_SEND_TASK_EVENTS: "0" };

describe("the health of real workers on Redis", () => {
  const folder = makeTempFolder("worker-health");
  /** What was seen of each worker, by the store, in order: its presence. */
  const lives = new Map<string, string[]>();
  let redis: RedisServer;
  let project: TestProject;
  let old: TestProject;
  let collector: RunningProcess;
  let settings: Record<string, string>;
  let store: Store;
  let broker: ReturnType<typeof openBroker>;
  let watching: NodeJS.Timeout;
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
    settings = { CELERY_BROKER_URL: redis.url, DATABASE_URL: `file:${join(folder, "celeriac.db")}` };
    collector = await startCeleriac({ part: "collector", settings });
    await collector.waitForOutput("is the active collector");
    store = await openStore(settings.DATABASE_URL ?? "");
    broker = openBroker({ url: redis.url, options: {} });
    watching = setInterval(() => void noteLives(), 200);
  });
  afterAll(async () => {
    clearInterval(watching);
    await collector?.stop();
    await Promise.all([broker?.close(), store?.close(), project?.stop(), old?.stop()]);
    await redis?.stop();
    removeFolder(folder);
  });

  test("one that joins is right within two heartbeats", async () => {
    first = await project.startWorker({ name: "first", queues: ["first"], env: NO_EVENTS });
    const readyMs = startStopwatch();
    const known = await until(
      first,
      ({ answers }) => answers?.queues?.[0] === "first" && answers.taskEvents === true,
    );
    expect(readyMs()).toBeLessThan(2 * HEARTBEAT_MS);
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
    await until(frozen, ({ answers }) => answers?.pid === frozen.pid);
    await until(solo, ({ answers }) => answers?.pool === "solo");
    // Nothing tells of it but its answer to the next round of questions.
    await until(quiet, ({ freqSeconds, answers }) => freqSeconds === null && answers !== null, 40_000);
    [soloTask = ""] = await project.send([{ task: SLEEP, args: "(25,)", options: { queue: "solo" } }]);
    await sendWithoutMethod(redis.url, frozen.hostname);
    frozenAt = Date.now();
  });

  test("one that is killed is offline within twice its heartbeat and two seconds, and its tasks are stuck", async () => {
    held = await project.send(
      Array.from({ length: 3 }, () => ({ task: SLEEP, args: "(600,)", options: { queue: "first" } })),
    );
    await waitFor(
      async () => (await stateOf(held[1])) === "STARTED" && (await stateOf(held[2])) === "RECEIVED",
    );
    expect(await explain(held[2])).toEqual(["reserved-behind"]);
    expect(await listStuck()).toEqual([]);
    const versions = await listTopicVersions(store);

    await first.kill();
    const killedMs = startStopwatch();
    await until(first, (worker) => !isWorkerOnline(worker));
    expect(killedMs()).toBeLessThan(2 * HEARTBEAT_MS + 2_000);
    // The pages are told.
    await waitFor(
      async () => ((await listTopicVersions(store)).get("workers") ?? 0) > (versions.get("workers") ?? 0),
    );

    const stuck = await listStuck();
    expect(stuck.map(({ id, reason, remedy, worker }) => [id, reason, remedy, worker]).sort()).toEqual(
      [
        [held[0], "worker-gone", "redispatch", first.hostname],
        [held[1], "worker-gone", "redispatch", first.hostname],
        [held[2], "worker-gone", "revoke", first.hostname],
      ].sort(),
    );
    expect(await explain(held[2])).toEqual(["worker-gone"]);
  });

  test("the command prints them and ends with 1; with 2 where it can't look", async () => {
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
    const readyMs = startStopwatch();
    const known = await until(
      first,
      ({ answers }) => answers?.queues?.length === 2 && answers.taskEvents === true,
    );
    expect(readyMs()).toBeLessThan(2 * HEARTBEAT_MS);
    expect(known).toMatchObject({
      announced: "online",
      pid: first.pid,
      active: 0,
      answers: { pid: first.pid },
    });
    const stuck = await listStuck();
    expect(stuck.map(({ reason }) => reason)).toEqual(["worker-gone", "worker-gone", "worker-gone"]);
    expect(stuck[0]?.detail).toMatch(/^Its worker was replaced by another process/);
  });

  test("one that is stopped is silent, not frozen, and comes back", async () => {
    first.signal("SIGSTOP");
    const silent = await until(first, (worker) => !isWorkerOnline(worker));
    expect(silent).toMatchObject({ announced: "silent", marks: [] });
    first.signal("SIGCONT");
    await until(first, isWorkerOnline);
  });

  test("one that has stopped listening is frozen while its heartbeats go on", async () => {
    const known = await until(frozen, ({ marks }) => marks.length > 0, 60_000);
    expect(known.marks).toEqual([
      {
        mark: "frozen",
        detail: expect.stringMatching(/^Its heartbeats arrive, but it (listens to no|has answered none)/),
        remedy: expect.stringMatching(/^Restart it/),
      },
    ]);
    expect(known.lastHeartbeatAt).toBeGreaterThan(frozenAt + HEARTBEAT_MS);
    const [waiting] = await project.send([{ task: SLEEP, args: "(1,)", options: { queue: "frozen" } }]);
    await waitFor(async () => (await stateOf(waiting)) === "PENDING");
    await waitFor(async () => (await explain(waiting)).includes("worker-frozen"));
  });

  test("a broker that comes back makes nobody silent", async () => {
    await waitFor(async () => (await stateOf(soloTask)) === "SUCCESS", { timeoutMs: 40_000 });
    const before = new Map(lives);
    await redis.restart();
    const restartedAt = Date.now();
    await until(first, ({ lastHeartbeatAt }) => lastHeartbeatAt > restartedAt + 2 * HEARTBEAT_MS, 40_000);
    for (const [hostname, life] of lives) {
      expect(life.slice(before.get(hostname)?.length ?? 0)).not.toContain("silent");
    }
  });

  test("one that leaves is offline at once; the busy and the quiet one were never anything but online", async () => {
    expect(lives.get(solo.hostname)).not.toContain("silent");
    expect(lives.get(quiet.hostname)).not.toContain("silent");
    expect((await getWorker(store, solo.hostname))?.marks).toEqual([]);
    await solo.stop();
    const stoppedAt = Date.now();
    const stoppedMs = startStopwatch();
    await until(solo, ({ announced }) => announced === "offline");
    expect(stoppedMs()).toBeLessThan(HEARTBEAT_MS);
    const { hostname } = first;
    const range = { hostname, from: stoppedAt - 600_000, to: stoppedAt + 600_000, points: 300 };
    const [sample] = await waitFor(async () => {
      const history = await getWorkerHistory(store, range);
      return history[0]?.maxRssBytes ? history : null;
    });
    expect(sample?.maxRssBytes).toBeGreaterThan(10_000_000);
    expect(sample?.load).toBeGreaterThanOrEqual(0);
  });

  test("a setting keeps workers from being told to send events", async () => {
    await collector.stop();
    collector = await startCeleriac({
      part: "collector",
      settings: { ...settings, CELERIAC_ENABLE_EVENTS: "false" },
    });
    const mute = await project.startWorker({ name: "mute", queues: ["mute"], env: NO_EVENTS });
    await until(mute, ({ answers }) => answers?.queues?.[0] === "mute");
    const [id] = await project.send([
      { task: "test_project.tasks.give", args: "(1,)", options: { queue: "mute" } },
    ]);
    const known = await until(mute, ({ processed }) => processed === 1);
    expect(known.answers?.taskEvents).toBeNull();
    // Its sender tells of it, its worker does not.
    expect(await stateOf(id)).toBe("PENDING");
  });

  async function noteLives(): Promise<void> {
    for (const { hostname, announced } of await listWorkers(store).catch(() => [])) {
      const life = lives.get(hostname) ?? [];
      if (life.at(-1) !== announced) lives.set(hostname, [...life, announced]);
    }
  }

  async function until(
    { hostname }: CeleryWorker,
    condition: (worker: StoredWorker) => boolean,
    timeoutMs?: number,
  ): Promise<StoredWorker> {
    let known: StoredWorker | null = null;
    const isMet = async () => {
      known = await getWorker(store, hostname);
      return known !== null && condition(known) ? known : null;
    };
    const what = () => `${hostname}: ${JSON.stringify(known)}\n${collector.output().slice(-2_000)}`;
    return await waitFor(isMet, { timeoutMs, what });
  }

  async function stateOf(id = ""): Promise<string | undefined> {
    return (await getTask(store, id))?.state;
  }

  async function listStuck() {
    const sources = { store, results: null, broker, visibilityTimeoutSeconds: 3_600 };
    return (await listStuckTasks(sources, { seconds: 300, now: Date.now() })).tasks;
  }

  async function explain(id = ""): Promise<string[]> {
    const facts = await gatherWaitingFacts({ store, results: null, broker }, id, Date.now());
    return facts === null ? [] : explainWaiting(facts).map(({ reason }) => reason);
  }
});

/** What freezes a worker for good (celery-wire.md C.7): a control message without a method. Never to a broker that is not ours. */
async function sendWithoutMethod(url: string, hostname: string): Promise<void> {
  const client = new Redis(url);
  const body = JSON.stringify({ arguments: {}, destination: [hostname] });
  const delivery = { exchange: "celery.pidbox", routing_key: "" };
  const message = {
    body: Buffer.from(body).toString("base64"),
    ...{ "content-encoding": "utf-8", "content-type": "application/json", headers: {} },
    properties: { delivery_mode: 2, delivery_info: delivery, body_encoding: "base64", delivery_tag: "bad" },
  };
  await client.publish("/0.celery.pidbox", JSON.stringify(message));
  await client.quit();
}
