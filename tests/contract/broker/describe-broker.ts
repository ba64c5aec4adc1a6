import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isWireArray, isWireObject, NumberText, type WireValue } from "@/lib/celery/wire-value";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import type { BrokerFixture, RunningBroker } from "./broker-fixture";
import { createEchoTask } from "./create-echo-task";
import { listEventTypes } from "./list-event-types";

const NO_HINTS = { queueNames: [], sentAt: () => null };

/** Tests of the port, which every broker must pass, beside real workers of both Celerys. */
export function describeBroker(fixture: BrokerFixture): void {
  describe.each(["newest", "oldest"] as const)("and the %s Celery", (set) => {
    let server: RunningBroker;
    let project: TestProject;
    let broker: Broker;
    let workers: CeleryWorker[];
    const end = new AbortController();
    const seen: string[] = [];

    beforeAll(async () => {
      const environment = await ensurePythonEnvironment(set);
      server = await fixture.start();
      project = await createTestProject({
        environment,
        brokerUrl: server.url,
        brokerOptions: server.options,
      });
      broker = openBroker(server);
      await broker.subscribeEvents((body) => seen.push(...listEventTypes(body)), end.signal, {
        wakeWorkers: true,
      });
      // Seldom heartbeats: those that come soon were asked for.
      const args = ["--heartbeat-interval", "60"];
      workers = await Promise.all([
        project.startWorker({ name: "one", queues: ["celery", "orders"], args }),
        project.startWorker({ name: "two", queues: ["celery"], args }),
      ]);
    });

    afterAll(async () => {
      end.abort();
      await broker.close();
      await project.stop();
      await server.stop();
    });

    test("is connected, and shows no secret", () => {
      expect(broker.kind).toBe(fixture.kind);
      expect(broker.getStatus()).toMatchObject({ connected: true, error: null });
      expect(broker.getStatus().url).not.toMatch(/p%40ss/);
    });

    test("hears what a worker tells of a task", async () => {
      seen.length = 0;
      await project.send([{ task: "test_project.tasks.echo", options: { queue: "orders" } }]);
      await waitFor(() => seen.includes("task-succeeded"), {
        what: () => `task-succeeded among ${seen.join()}`,
      });
      const ofTask = seen.filter((type) => type.startsWith("task-"));
      // Sender and worker publish on connections of their own.
      expect(ofTask).toContain("task-sent");
      expect(ofTask.filter((type) => type !== "task-sent")).toEqual([
        "task-received",
        "task-started",
        "task-succeeded",
      ]);
    });

    test("a new subscription wakes the workers", async () => {
      const subscription = new AbortController();
      const types: string[] = [];
      await broker.subscribeEvents((body) => types.push(...listEventTypes(body)), subscription.signal, {
        wakeWorkers: true,
      });
      // By themselves they would send none for a minute.
      await waitFor(() => types.filter((type) => type === "worker-heartbeat").length >= 2, {
        timeoutMs: 30_000,
      });
      subscription.abort();
    });

    test("all workers answer a ping, well before the time is over", async () => {
      const answerMs = startStopwatch();
      const answer = await broker.control(createControlRequest({ method: "ping" }), { timeoutMs: 30_000 });
      expect(answerMs()).toBeLessThan(5_000);
      expect(answer.listeners === null || answer.listeners === 2).toBe(true);
      expect(answer.replies.map((reply) => reply.hostname).sort()).toEqual(
        workers.map(({ hostname }) => hostname),
      );
      expect(answer.replies.map((reply) => reply.value)).toEqual(["pong", "pong"]);
    });

    test("one worker is asked alone", async () => {
      const [one] = workers;
      const request = createControlRequest({ method: "active_queues", destination: [one?.hostname ?? ""] });
      const { replies } = await broker.control(request, { timeoutMs: 30_000 });
      expect(replies).toHaveLength(1);
      const [reply] = replies;
      expect(reply).toMatchObject({ hostname: one?.hostname, error: null });
      const queues = isWireArray(reply?.value ?? null) ? (reply?.value as readonly WireValue[]) : [];
      expect(queues.map((queue) => (isWireObject(queue) ? queue.get("name") : null))).toEqual([
        "celery",
        "orders",
      ]);
    });

    test.each(["stats", "conf", "registered", "enable_events"] as const)(
      "%s is answered by both",
      async (method) => {
        const request = createControlRequest({
          method,
          arguments: method === "conf" ? { with_defaults: true } : {},
        });
        const { replies } = await broker.control(request, { timeoutMs: 30_000 });
        expect(replies.map((reply) => reply.error)).toEqual([null, null]);
        const [reply] = replies;
        const value = reply?.value ?? null;
        if (method === "stats")
          expect(isWireObject(value) && value.get("prefetch_count")).toBeInstanceOf(NumberText);
        if (method === "conf") expect(isWireObject(value) && value.get("worker_send_task_events")).toBe(true);
        if (method === "registered") expect(value).toContain("test_project.tasks.echo");
        if (method === "enable_events") expect(value).toBe("task events already enabled");
      },
    );

    test("nobody answers for a worker that is not there", async () => {
      const request = createControlRequest({ method: "ping", destination: ["nobody@nowhere"] });
      const { replies } = await broker.control(request, { timeoutMs: 300 });
      expect(replies).toEqual([]);
    });

    test("a worker runs what was published, with exactly these args and kwargs", async () => {
      const task = createEchoTask("orders", {
        args: '[12345678901234567890, 1.0, 1e400, [true, null], "a\\u0000 \\ud83d\\ude00"]',
        kwargs: '{"who": {"name": "Zoë", "__proto__": 1}, "n": -0.0}',
      });
      expect(await broker.publishTasks([task], null)).toEqual([]);
      const call = await waitFor(() => project.listRecordedCalls().find(({ id }) => id === task.id));
      expect(call.queue).toBe("orders");
      expect(call.args).toEqual([
        { type: "int", value: "12345678901234567890" },
        { type: "float", value: "1.0" },
        { type: "float", value: "inf" },
        {
          type: "list",
          value: [
            { type: "bool", value: "True" },
            { type: "None", value: null },
          ],
        },
        { type: "str", value: "a\u0000 \u{1f600}" },
      ]);
      expect(call.kwargs.map(([name]) => name)).toEqual(["who", "n"]);
      expect(call.kwargs[1]?.[1]).toEqual({ type: "float", value: "-0.0" });
    });

    test("waiting messages are counted by priority, and found without being told their queue", async () => {
      await server.createQueue("backlog");
      const tasks = [0, 0, 4, 8, 9].map((priority) => createEchoTask("backlog", { priority }));
      const before = Date.now();
      expect(await broker.publishTasks(tasks, null)).toEqual([]);
      const sample = await waitFor(async () => {
        const look = await broker.sample(NO_HINTS);
        const backlog = look.queues.find(({ name }) => name === "backlog");
        // RabbitMQ's management API counts a young queue's unacknowledged messages after a few seconds.
        return backlog?.depth === 5 && backlog.unacked !== null && look;
      });
      const queue = sample.queues.find(({ name }) => name === "backlog");
      expect(queue).toMatchObject({ depth: 5, unacked: 0 });
      const byPriority = Object.values(queue?.byPriority ?? { all: 5 });
      expect(byPriority.reduce((sum, count) => sum + count, 0)).toBe(5);
      expect(queue?.oldestWaitingSeconds ?? 0).toBeLessThanOrEqual((Date.now() - before) / 1000 + 0.5);
      const names = sample.queues.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["celery", "orders"]));
      expect(names.filter((name) => /pidbox|celeryev/.test(name))).toEqual([]);
    });

    test("what a worker holds counts as unacknowledged", async () => {
      await project.send([{ task: "test_project.tasks.echo", options: { queue: "celery", countdown: 60 } }]);
      const queue = await waitFor(async () => {
        const { queues } = await broker.sample(NO_HINTS);
        return queues.find(({ name, unacked }) => name === "celery" && unacked === 1);
      });
      expect(queue.depth).toBe(0);
      expect((await broker.sample(NO_HINTS)).unackedTotal ?? 1).toBe(1);
    });

    if (fixture.kind === "redis") {
      test("a mark goes with what was sent, and guards against sending it twice", async () => {
        const batchId = randomUUID();
        expect(await broker.getDispatchProgress(batchId)).toBeNull();
        await broker.publishTasks([createEchoTask("marked")], { batchId, position: 1, previous: null });
        expect(await broker.getDispatchProgress(batchId)).toEqual({ position: 1, doubtful: 0 });
        const late = broker.publishTasks([createEchoTask("marked")], {
          batchId,
          position: 1,
          previous: null,
        });
        await expect(late).rejects.toMatchObject({ code: "conflict" });
        const more = [createEchoTask("marked"), createEchoTask("marked")];
        await broker.publishTasks(more, { batchId, position: 4, previous: 1 });
        expect(await broker.getDispatchProgress(batchId)).toEqual({ position: 4, doubtful: 0 });
        const { queues } = await broker.sample({ ...NO_HINTS, queueNames: ["marked"] });
        expect(queues.find(({ name }) => name === "marked")?.depth).toBe(3);
      });
    }
  });
}
