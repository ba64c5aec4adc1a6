import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { readActiveQueues } from "@/lib/celery/control/read-active-queues";
import { readScheduledTasks, readTaskInfos, type TaskInfo } from "@/lib/celery/control/read-task-infos";
import { arrayOf } from "@/lib/celery/wire-fields";
import { isHeldByWorker } from "@/lib/control/is-held-by-worker";
import { revokeByHeaders } from "@/lib/control/revoke-by-headers";
import { revokeTask } from "@/lib/control/revoke-task";
import { getTaskHistory } from "@/lib/history/get-task-history";
import { listActions } from "@/lib/store/actions";
import { getTask } from "@/lib/store/tasks";
import { getWorker, listWorkers } from "@/lib/store/workers";
import { getWorkerDetail } from "@/lib/views/worker-detail";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import { ControlStage, isAlive, STAGE_BROKERS } from "./control-stage";

const ECHO = "test_project.tasks.echo";
const GIVE = "test_project.tasks.give";
const SLEEP = "test_project.tasks.sleep";
const ACTOR = { actor: "anna", terminate: false, signal: "TERM" } as const;

describe.each(STAGE_BROKERS)("remote control over %s", (_name, startBroker) => {
  let stage: ControlStage;
  let worker: CeleryWorker;
  let name: string;

  beforeAll(async () => {
    stage = await ControlStage.open(startBroker);
    worker = await stage.project.startWorker({
      name: "first",
      // With events switched off at its start they can be switched on and off; nothing but JSON makes each question safe.
      env: { TEST_SEND_TASK_EVENTS: "0", TEST_POOL_RESTARTS: "1", TEST_ACCEPT_CONTENT: "json" },
    });
    name = worker.hostname;
    await stage.waitForWorker(name);
  });
  afterAll(() => stage?.close());

  test("a worker says that it is there and what it is made of", async () => {
    expect(await stage.command(name, "ping")).toBe("pong");
    const report = await stage.command(name, "report");
    expect(report).toContain("celery:5.7.0");
    expect(report).not.toContain("guest:guest@");
  });

  test("events are switched on, off and on again", async () => {
    expect(await stage.command(name, "enable-events")).toBe("task events enabled");
    const [seen = ""] = await stage.send(ECHO);
    await stage.waitForState(seen, "SUCCESS");
    expect(await stage.command(name, "disable-events")).toBe("task events disabled");
    const [unseen = ""] = await stage.send(ECHO);
    await waitFor(async () => stage.hasRun(unseen) && (await listActive()).length === 0);
    expect(await stage.command(name, "enable-events")).toBe("task events enabled");
    const [again = ""] = await stage.send(ECHO);
    await stage.waitForState(again, "SUCCESS");
    expect(await getTask(stage.store, unseen)).toBeNull();
  });

  test("the pool grows and shrinks by processes, but not to none", async () => {
    const before = await stage.listProcesses(name);
    expect(before).toHaveLength(2);
    expect(await stage.command(name, "pool-grow", { n: 2 })).toBe("pool will grow");
    await waitFor(async () => (await stage.listProcesses(name)).length === 4);
    expect(await stage.countSlots(name)).toBe(4);
    expect(await stage.command(name, "pool-shrink", { n: 2 })).toBe("pool will shrink");
    await waitFor(async () => (await stage.listProcesses(name)).length === 2);
    await expect(stage.command(name, "pool-shrink", { n: 2 })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("2 fewer would leave none"),
    });
    expect(await stage.listProcesses(name)).toHaveLength(2);
  });

  test("a refusal comes in the worker's words", async () => {
    await expect(stage.command(name, "autoscale", { min: 1, max: 3 })).rejects.toMatchObject({
      code: "conflict",
      message: `${name} refused: Autoscale not enabled`,
    });
    await expect(stage.command(name, "rate-limit", { name: "no.such", rate: 1 })).rejects.toMatchObject({
      code: "conflict",
      message: `${name} refused: unknown task`,
    });
    expect(await stage.listProcesses(name)).toHaveLength(2);
  });

  test("a queue is consumed, no longer, and again", async () => {
    expect(await stage.command(name, "add-consumer", { queue: "extra" })).toBe("add consumer extra");
    await waitFor(async () => (await listConsumed()).includes("extra"));
    const [taken = ""] = await stage.send(ECHO, { queue: "extra" });
    await waitFor(() => stage.hasRun(taken));
    expect(await stage.command(name, "cancel-consumer", { queue: "extra" })).toBe(
      "no longer consuming from extra",
    );
    await waitFor(async () => !(await listConsumed()).includes("extra"));
    const [left = ""] = await stage.send(ECHO, { queue: "extra" });
    const [other = ""] = await stage.send(ECHO);
    await waitFor(() => stage.hasRun(other));
    const { queues } = await stage.broker.sample({ queueNames: ["extra"], sentAt: () => null });
    expect(queues.find((queue) => queue.name === "extra")?.depth).toBe(1);
    expect(stage.hasRun(left)).toBe(false);
    await stage.command(name, "add-consumer", { queue: "extra" });
    await waitFor(() => stage.hasRun(left));
  });

  test("no consumer is added for what is no queue: the worker would end of it", async () => {
    await stage.server.spoilQueue("spoiled");
    await expect(stage.command(name, "add-consumer", { queue: "spoiled" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(
        /would end of it\. (The key spoiled .* is a string|RabbitMQ: .*x-max-priority)/,
      ),
    });
    for (const queue of ["amq.direct", `${name}.celery.pidbox`, "é".repeat(200)]) {
      await expect(stage.command(name, "add-consumer", { queue })).rejects.toMatchObject({
        code: "bad_request",
      });
    }
    const [id = ""] = await stage.send(ECHO);
    await waitFor(() => stage.hasRun(id));
    expect(worker.hasExited()).toBe(false);
  });

  test("a rate limit holds tasks back, and can be taken away", async () => {
    const reply = await stage.command(name, "rate-limit", { name: ECHO, rate: "20/m" });
    expect(reply).toBe("new rate limit set successfully");
    expect(await stage.ask(name, { method: "registered" })).toContain(`${ECHO} [rate_limit=20/m]`);
    const ids = await stage.send(ECHO, { count: 2 });
    for (const id of ids) await stage.waitForState(id, "SUCCESS");
    const records = await Promise.all(ids.map((id) => getTask(stage.store, id)));
    const [first = 0, second = 0] = records.map((record) => record?.startedAt ?? 0).sort();
    expect(second - first).toBeGreaterThan(2_500);
    expect(await stage.command(name, "rate-limit", { name: ECHO, rate: "0/m" })).toBe(
      "rate limit disabled successfully",
    );
    expect(arrayOf(await stage.ask(name, { method: "registered" }))).toContain(`${ECHO} [rate_limit=0]`);
  });

  test("a time limit ends a task once the pool was restarted", async () => {
    const set = (hard: number | null) => stage.command(name, "time-limit", { name: SLEEP, soft: null, hard });
    expect(await set(1)).toBe("time limits set successfully");
    expect(await stage.command(name, "pool-restart")).toBe("reload started");
    const [id = ""] = await stage.send(SLEEP, { args: [60] });
    await stage.waitForState(id, "FAILURE");
    expect(await stage.results.get(id)).toMatchObject({
      status: "FAILURE",
      result: expect.stringContaining("TimeLimitExceeded"),
    });
    await set(null);
    await stage.command(name, "pool-restart");
    await waitFor(async () => (await stage.listProcesses(name)).length === 2);
  });

  test("a queued task and one with an eta are revoked, and the worker remembers", async () => {
    const [queued = "", delayed = ""] = await stage.project.send([
      { task: ECHO, options: { queue: "later" } },
      { task: ECHO, options: { countdown: 3_600 } },
    ]);
    await stage.waitForState(queued, "PENDING");
    await stage.waitForState(delayed, "RECEIVED");
    const scheduled = readScheduledTasks(await stage.ask(name, { method: "scheduled" }));
    expect(scheduled?.map(({ request }) => request.id)).toEqual([delayed]);
    expect(await isHeld(delayed)).toBe(true);
    for (const id of [queued, delayed]) {
      const { reply, replies } = await revokeTask(stage.services, { ...ACTOR, id });
      expect(reply).toBe(`tasks {'${id}'} flagged as revoked`);
      expect(replies).toEqual([{ hostname: name, reply }]);
    }
    expect(await stage.ask(name, { method: "revoked" })).toEqual(expect.arrayContaining([queued, delayed]));
    await stage.command(name, "add-consumer", { queue: "later" });
    await stage.waitForState(queued, "REVOKED");
    expect(stage.hasRun(queued)).toBe(false);
    expect(stage.hasRun(delayed)).toBe(false);
  });

  test("a running task is terminated: its process ends, and its row is kept", async () => {
    const [id = ""] = await stage.send(SLEEP, { args: [3_600] });
    await stage.waitForState(id, "STARTED");
    const running = await waitFor(async () => (await listActive()).find((task) => task.id === id));
    expect(await isHeld(id)).toBe(true);
    expect(isAlive(running.pid ?? 0)).toBe(true);
    const { reply } = await revokeTask(stage.services, { ...ACTOR, id, terminate: true, signal: "KILL" });
    expect(reply).toBe(`terminate: ${id}`);
    await waitFor(() => !isAlive(running.pid ?? 0));
    await stage.waitForState(id, "REVOKED");
    expect(await isHeld(id)).toBe(false);
    const task = await getTaskHistory(stage.services, id, []);
    expect(task).toMatchObject({
      state: "REVOKED",
      keptRows: [{ state: "STARTED", name: SLEEP, args: "[3600]" }],
    });
    // Its place was taken by another, which works.
    const [next = ""] = await stage.send(ECHO);
    await waitFor(() => stage.hasRun(next));
  });

  test("its page tells what it holds, what it knows and what it is", async () => {
    const [id = ""] = await stage.send(SLEEP, { args: [3_600] });
    await stage.waitForState(id, "STARTED");
    await stage.command(name, "rate-limit", { name: GIVE, rate: "10/m" });
    const detail = await getDetail();
    const processes = await stage.listProcesses(name);
    await revokeTask(stage.services, { ...ACTOR, id, terminate: true, signal: "KILL" });
    await stage.waitForState(id, "REVOKED");

    const [running, ...others] = detail.held.active.tasks;
    expect(others).toEqual([]);
    expect(running).toMatchObject({ id, name: SLEEP, args: "[3600]", kwargs: "{}", queue: "celery" });
    expect(running?.sinceAt).toBe(running?.startedAt);
    expect(processes).toContain(running?.pid);
    expect(detail.held.reserved).toEqual({ from: "worker", tasks: [], isCut: false });
    // The one that was revoked above: a worker drops it when its time has come.
    const later = { name: ECHO, eta: expect.any(String), sinceAt: expect.any(String), startedAt: null };
    expect(detail.held.scheduled.tasks).toMatchObject([later]);
    expect(detail.revoked).toContain(detail.held.scheduled.tasks[0]?.id);
    expect(detail.poolStats).toEqual({
      ...{ processes, maxTasksPerChild: null, softTimeLimit: null, timeLimit: null, autoscaler: null },
      ...{ canRestart: true, prefetchMultiplier: 1 },
    });
    const limits = { rateLimit: null, softTimeLimit: null, timeLimit: null };
    expect(detail.registeredTasks).toContainEqual({ name: GIVE, ...limits, rateLimit: "10/m" });
    const soft = { name: "test_project.tasks.exceed_soft_limit", ...limits, softTimeLimit: 1 };
    expect(detail.registeredTasks).toContainEqual(soft);
    expect(detail.brokerConnection).toMatch(/^(redis:\/\/|amqp:\/\/guest@)127\.0\.0\.1:\d+\//);
    expect(detail.usage?.userSeconds).toBeGreaterThan(0);
    expect(detail.notes).toEqual([]);
  });

  test("a task that has ended is not revoked, nor one that nobody knows", async () => {
    const [id = ""] = await stage.send(ECHO, { args: ["kept"] });
    await stage.waitForState(id, "SUCCESS");
    const row = await stage.results.get(id);
    expect(row?.status).toBe("SUCCESS");
    for (const terminate of [false, true]) {
      await expect(revokeTask(stage.services, { ...ACTOR, id, terminate })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("has ended (SUCCESS)"),
      });
      await expect(revokeTask(stage.services, { ...ACTOR, id: "nobody", terminate })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    const revoked = await stage.ask(name, { method: "revoked" });
    for (const refused of [id, "nobody"]) expect(revoked).not.toContain(refused);
    expect(await stage.results.get(id)).toEqual(row);
    expect(await stage.results.get("nobody")).toBeNull();
    expect((await getTaskHistory(stage.services, id, []))?.keptRows).toEqual([]);
  });

  test("tasks are revoked by their stamps", async () => {
    const headers = { customer: ["7", "9"] };
    const { reply } = await revokeByHeaders(stage.services, { ...ACTOR, headers });
    expect(reply).toBe("headers {'customer': ['7', '9']} flagged as revoked, but not terminated");
    const [revoked = "", runs = ""] = await stage.project.send(
      ["7", "8"].map((customer) => ({ task: ECHO, options: { stamped_headers: ["customer"], customer } })),
    );
    await stage.waitForState(revoked, "REVOKED");
    await stage.waitForState(runs, "SUCCESS");
    expect(stage.hasRun(revoked)).toBe(false);
  });

  test("a Celery of 2022 takes the same commands, and is told apart where it can't", async () => {
    const project = await stage.createProject("oldest");
    const old = await project.startWorker({ name: "old", queues: ["old"], args: ["--autoscale", "3,1"] });
    await stage.waitForWorker(old.hostname);
    await expect(stage.command(old.hostname, "pool-grow", { n: 1 })).rejects.toMatchObject({
      message: `${old.hostname} refused: pool_grow is not supported with autoscale. Adjust autoscale range instead.`,
    });
    expect(await stage.command(old.hostname, "autoscale", { min: 3, max: 4 })).toBe(
      "autoscale now max=4 min=3",
    );
    await waitFor(async () => (await stage.listProcesses(old.hostname)).length === 3);

    const [id = ""] = await stage.send(SLEEP, { queue: "old", args: [3_600] });
    await stage.waitForState(id, "STARTED");
    const { reply, replies } = await revokeTask(stage.services, { ...ACTOR, id, terminate: true });
    expect(reply).toBe(`terminate: ${id}`);
    expect(replies).toEqual([
      { hostname: old.hostname, reply },
      { hostname: name, reply: "terminate: tasks unknown" },
    ]);
    await stage.waitForState(id, "REVOKED");

    const outcome = await revokeByHeaders(stage.services, { ...ACTOR, headers: { customer: "5" } });
    expect(outcome.replies).toEqual([
      { hostname: name, reply: expect.stringContaining("{'customer': ['5']}") },
      { hostname: old.hostname, reply: "not asked: it runs Celery 5.2.6, and stamps need 5.3" },
    ]);
    expect(await stage.command(old.hostname, "shutdown")).toBeNull();
    expect(await old.exited).toBe(0);
  });

  test("silence is said, a worker that is gone is not waited for", async () => {
    worker.signal("SIGSTOP");
    try {
      await expect(stage.command(name, "ping")).rejects.toMatchObject({
        code: "worker_timeout",
        message: expect.stringContaining(`${name} did not answer within 5 s`),
      });
    } finally {
      worker.signal("SIGCONT");
    }
    await waitFor(() => stage.command(name, "ping"));
    expect(await stage.command(name, "shutdown")).toBeNull();
    expect(await worker.exited).toBe(0);
    await waitFor(async () => (await getWorker(stage.store, name))?.announced === "offline");
    const refusingMs = startStopwatch();
    await expect(stage.command(name, "ping")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/is offline: it has been silent since \d{4}-/),
    });
    await expect(stage.command("nobody@nowhere", "ping")).rejects.toMatchObject({ code: "not_found" });
    expect(refusingMs()).toBeLessThan(1_000);
    const detail = await getDetail();
    const told = { from: "events", tasks: [], isCut: false };
    expect(detail).toMatchObject({
      ...{ status: "offline", stats: null, registeredTasks: null, poolStats: null, concurrency: 2 },
      held: { active: told, reserved: told },
      registered: expect.arrayContaining([ECHO]),
      notes: ["The worker is offline, so it was not asked."],
    });
  });

  test("everything that was sent is on record, with what came of it", async () => {
    const actions = await listActions(stage.store, { target: name, limit: 200, after: null });
    expect(actions.at(-1)).toMatchObject({ actor: "anna", action: "ping", result: "pong", succeeded: true });
    expect(actions).toContainEqual(
      expect.objectContaining({ action: "pool-grow", request: { n: 2 }, result: "pool will grow" }),
    );
    expect(actions).toContainEqual(
      expect.objectContaining({
        action: "autoscale",
        succeeded: false,
        result: expect.stringContaining("Autoscale not enabled"),
      }),
    );
    expect(actions.every(({ result }) => result !== null)).toBe(true);
  });

  async function getDetail(): Promise<WorkerDetail> {
    const stored = await getWorker(stage.store, name);
    if (stored === null) throw new Error(`${name} is not in the store`);
    return getWorkerDetail(stored, stage.services);
  }

  async function listConsumed(): Promise<readonly string[]> {
    return readActiveQueues(await stage.ask(name, { method: "active_queues" })) ?? [];
  }

  async function listActive(): Promise<readonly TaskInfo[]> {
    return readTaskInfos(await stage.ask(name, { method: "active" })) ?? [];
  }

  async function isHeld(id: string): Promise<boolean> {
    return isHeldByWorker(stage.broker, await listWorkers(stage.store), id);
  }
});
