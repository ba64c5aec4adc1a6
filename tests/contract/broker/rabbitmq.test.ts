import { randomUUID } from "node:crypto";
import { connect } from "amqplib";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Broker, OutgoingTask } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { getFreePort } from "@/tests/support/get-free-port";
import { type RabbitmqServer, startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { waitFor } from "@/tests/support/wait-for";

/** What an age from the management API may be off by: its numbers are up to 5 s old, and asked for every 4 s. */
const LAG_SECONDS = 12;
const NO_HINTS = { queueNames: [], sentAt: () => null };
const PING = createControlRequest({ method: "ping" });

let server: RabbitmqServer;
let virtualHost: string;
let url: string;

beforeAll(async () => {
  server = await startRabbitmqServer();
});

afterAll(() => server.stop());

beforeEach(async () => {
  virtualHost = `test ${randomUUID()}`;
  url = await server.createVirtualHost(virtualHost);
});

function open(settings: { url?: string; managementUrl?: string } = {}): Broker {
  const broker = openBroker({ url, managementUrl: server.managementUrl, ...settings });
  onTestFinished(() => broker.close());
  return broker;
}

function createTask(queue: string, { id = randomUUID() as string, priority = 0, argsRepr = "()" } = {}) {
  const message = createTaskMessage({
    ...{ id, task: "test_project.tasks.echo", args: [], kwargs: new Map(), priority },
    ...{ origin: "celeriac@test", argsRepr, kwargsRepr: null },
  });
  return { queue, message } satisfies OutgoingTask;
}

/** Calls the management API for something of the test's virtual host. */
function callApi(method: "GET" | "PUT" | "DELETE", kind: string, name = "", body?: unknown) {
  return server.callApi(method, [kind, virtualHost, name].filter(Boolean).map(encode).join("/"), body);
}

function encode(part: string): string {
  return encodeURIComponent(part);
}

async function listQueueNames(): Promise<string[]> {
  const queues = (await callApi("GET", "queues")) as { name: string }[];
  return queues.map(({ name }) => name);
}

/** Publishes messages as workers publish events. */
async function publishEvents(types: readonly string[]): Promise<void> {
  const model = await connect(url);
  const channel = await model.createConfirmChannel();
  for (const type of types) {
    const event = {
      type,
      hostname: "w@h",
      timestamp: Date.now() / 1000,
      uuid: randomUUID(),
      clock: 1,
      pid: 1,
    };
    const body = Buffer.from(JSON.stringify({ ...event, utcoffset: 0, name: type }));
    channel.publish("celeryev", "task.custom", body, { contentType: "application/json" });
  }
  await channel.waitForConfirms();
  await model.close();
}

function readTypes(body: string | Uint8Array): string[] {
  const { type }: { type: string } = JSON.parse(Buffer.from(body).toString("utf8"));
  return [type];
}

/** Numbered, so that one that is missing or out of order shows. */
function nameEvents(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `custom-${from + index}`);
}

describe("publishing", () => {
  test("a task for a queue that is not there fails by itself, and the others arrive", async () => {
    await callApi("PUT", "queues", "jobs", { durable: true });
    const broker = open();
    const tasks = ["jobs", "nowhere", "jobs", "nowhere", "jobs"].map((queue) => createTask(queue));
    const failures = await broker.publishTasks(tasks, { batchId: "1", position: 5, previous: null });
    const reason =
      'RabbitMQ has no queue "nowhere"; start a worker that consumes from it, or choose another queue';
    expect(failures).toEqual([1, 3].map((index) => ({ index, reason, fate: "refused" })));
    await expectDepth(broker, "jobs", 3);
    expect(await listQueueNames()).not.toContain("nowhere");
    expect(await broker.getDispatchProgress("1")).toBeNull();
    await expect(broker.publishTasks([createTask("")], null)).rejects.toMatchObject({
      code: "unprocessable",
    });
  });

  test("a full queue that refuses says so for each task", async () => {
    const limits = { "x-max-length": 2, "x-overflow": "reject-publish" };
    await callApi("PUT", "queues", "small", { durable: true, arguments: limits });
    const broker = open();
    const first = await broker.publishTasks([createTask("small"), createTask("small")], null);
    expect(first).toEqual([]);
    const failures = await broker.publishTasks([createTask("small"), createTask("small")], null);
    expect(failures.map(({ index, fate }) => [index, fate])).toEqual([
      [0, "refused"],
      [1, "refused"],
    ]);
    expect(failures[0]?.reason).toMatch(/^the queue "small" refused it/);
  });

  test("what AMQP can't carry fails alone; a very long repr is left out", async () => {
    await callApi("PUT", "queues", "jobs", { durable: true });
    const broker = open();
    const tasks = [
      createTask("q".repeat(300)),
      createTask("jobs", { argsRepr: `(${"'a', ".repeat(40_000)})` }),
    ];
    const failures = await broker.publishTasks(tasks, null);
    expect(failures).toMatchObject([{ index: 0, fate: "refused" }]);
    const model = await connect(url);
    const message = await (await model.createChannel()).get("jobs", { noAck: true });
    await model.close();
    if (message === false) throw new Error("no message arrived");
    expect(message.properties).toMatchObject({
      headers: { task: "test_project.tasks.echo", argsrepr: null, retries: 0, timelimit: [null, null] },
      ...{ contentType: "application/json", contentEncoding: "utf-8", deliveryMode: 2 },
    });
  });

  test("what was not confirmed when the broker went may have been sent, and is told so", async () => {
    const own = await startRabbitmqServer();
    onTestFinished(() => own.stop());
    await own.callApi("PUT", "queues/%2F/jobs", { durable: true });
    const broker = open({ url: own.url, managementUrl: own.managementUrl });
    expect(await broker.publishTasks([createTask("jobs")], null)).toEqual([]);
    own.signal("SIGSTOP");
    const sending = broker.publishTasks([createTask("jobs"), createTask("jobs")], null);
    await expect(sending).resolves.toMatchObject([
      { index: 0, fate: "unknown" },
      { index: 1, fate: "unknown" },
    ]);
    // A server that answers nothing is noticed well before its heartbeat fails.
    await waitFor(() => !broker.getStatus().connected, { timeoutMs: 6_000 });
    own.signal("SIGCONT");
    await waitFor(() => broker.getStatus().connected, { timeoutMs: 6_000 });
    expect(await broker.publishTasks([createTask("jobs")], null)).toEqual([]);
  });
});

async function expectDepth(broker: Broker, name: string, depth: number) {
  return waitFor(
    async () =>
      (await broker.sample(NO_HINTS)).queues.find((queue) => queue.name === name && queue.depth === depth),
    { what: `${depth} messages in ${name}` },
  );
}

describe("queues", () => {
  test("of every kind are seen and left as they are; internal ones are not shown, delayed ones summed", async () => {
    const kinds = {
      classic: {},
      quorum: { "x-queue-type": "quorum" },
      priority: { "x-max-priority": 10 },
      limited: { "x-message-ttl": 600_000, "x-dead-letter-exchange": "dlx", "x-max-length": 100 },
    };
    for (const [name, args] of Object.entries(kinds)) {
      await callApi("PUT", "queues", name, { durable: true, arguments: args });
    }
    for (const name of ["celery_delayed_3", "prod_celery_delayed_27", "celeryev.x", "x@h.celery.pidbox"]) {
      await callApi("PUT", "queues", name, { durable: true });
    }
    const broker = open();
    const names = [...Object.keys(kinds), "celery_delayed_3", "prod_celery_delayed_27"];
    const tasks = names.map((name) => createTask(name, { priority: name === "priority" ? 7 : 0 }));
    expect(await broker.publishTasks([...tasks, createTask("priority")], null)).toEqual([]);
    await expectDepth(broker, "priority", 2);
    const sample = await waitFor(async () => {
      const look = await broker.sample(NO_HINTS);
      return look.delayed === 2 && look.queues.every(({ unacked }) => unacked !== null) && look;
    });
    expect(
      sample.queues.map(({ name, depth, unacked, consumers }) => [name, depth, unacked, consumers]),
    ).toEqual([
      ["classic", 1, 0, 0],
      ["limited", 1, 0, 0],
      ["priority", 2, 0, 0],
      ["quorum", 1, 0, 0],
    ]);
    expect(sample.queues.every(({ source }) => source === "management")).toBe(true);
    expect(sample.unackedTotal).toBe(0);
    const priority = sample.queues.find(({ name }) => name === "priority");
    expect(priority?.byPriority).toMatchObject({ 0: 1, 7: 1 });
    expect(priority?.oldestWaitingSeconds).toBeNull();
    for (const [name, args] of Object.entries(kinds)) {
      const queue = (await callApi("GET", "queues", name)) as { arguments: unknown };
      expect(queue.arguments).toEqual(args);
    }
  });

  test("the oldest message is dated, first by our own looks, then by how many came and left", async () => {
    await callApi("PUT", "queues", "jobs", { durable: true });
    const broker = open();
    await expectDepth(broker, "jobs", 0);
    const firstAt = Date.now();
    await broker.publishTasks([createTask("jobs")], null);
    const fresh = await expectDepth(broker, "jobs", 1);
    expect(fresh.oldestWaitingSeconds).toBeLessThan(2);
    const aged = await waitFor(async () => {
      const look = await expectDepth(broker, "jobs", 1);
      return look.publishPerSecond !== null && look;
    });
    expect(Math.abs((aged.oldestWaitingSeconds ?? 0) - (Date.now() - firstAt) / 1000)).toBeLessThan(
      LAG_SECONDS,
    );
    // A second one comes, the first one goes: that is known with the API's next numbers.
    await broker.publishTasks([createTask("jobs")], null);
    const secondAt = Date.now();
    const model = await connect(url);
    await (await model.createChannel()).get("jobs", { noAck: true });
    await model.close();
    await waitFor(async () => {
      const { oldestWaitingSeconds } = await expectDepth(broker, "jobs", 1);
      return (
        Math.abs((oldestWaitingSeconds ?? 0) - (Date.now() - secondAt) / 1000) < 6 &&
        Date.now() - firstAt > 9_000
      );
    });
  });

  test("without the management API passive declares tell what they can", async () => {
    await callApi("PUT", "queues", "jobs", { durable: true, arguments: { "x-queue-type": "quorum" } });
    await callApi("PUT", "queues", "empty", { durable: true });
    const broker = open({ managementUrl: `http://127.0.0.1:${await getFreePort()}` });
    await broker.publishTasks([createTask("jobs"), createTask("jobs")], null);
    const queueNames = ["empty", "gone", "jobs", "celeryev.x"];
    const sample = await broker.sample({ ...NO_HINTS, queueNames });
    const unknown = { unacked: null, byPriority: null, publishPerSecond: null, ackPerSecond: null };
    const common = { ...unknown, consumers: 0, oldestWaitingIsMinimum: false, source: "amqp" };
    expect(sample.queues).toEqual([
      { ...common, name: "empty", depth: 0, oldestWaitingSeconds: 0 },
      { ...common, name: "jobs", depth: 2, oldestWaitingSeconds: null },
    ]);
    expect(sample).toMatchObject({ unackedTotal: null, delayed: null });
    expect(await listQueueNames()).not.toContain("gone");
  });
});

describe("remote control", () => {
  test("nobody listens on a broker that never had a worker, and that is known at once", async () => {
    const broker = open();
    const startedAt = Date.now();
    expect(await broker.control(PING, { timeoutMs: 10_000 })).toEqual({ listeners: 0, replies: [] });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  test("without the management API named workers answer at once, and all of them within the time", async () => {
    const environment = await ensurePythonEnvironment("newest");
    const project = await createTestProject({ environment, brokerUrl: url });
    onTestFinished(() => project.stop());
    const worker = await project.startWorker({ name: "one", concurrency: 1 });
    const broker = open({ managementUrl: `http://127.0.0.1:${await getFreePort()}` });
    const startedAt = Date.now();
    const named = createControlRequest({ method: "ping", destination: [worker.hostname, "gone@nowhere"] });
    const answer = await broker.control(named, { timeoutMs: 10_000 });
    expect(answer).toMatchObject({ listeners: 1, replies: [{ hostname: worker.hostname, value: "pong" }] });
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    const all = await broker.control(PING, { timeoutMs: 1_500 });
    expect(all).toMatchObject({ listeners: null, replies: [{ hostname: worker.hostname }] });
  });
});

describe("events", () => {
  test("what comes while the collector restarts is kept, and so is what it had not dealt with", async () => {
    const seen: string[] = [];
    const first = new AbortController();
    const broker = open();
    const stuck = new Promise(() => undefined);
    await broker.subscribeEvents(
      (body) => {
        const types = readTypes(body);
        seen.push(...types);
        // It is killed before it could store the last one.
        return types.includes("custom-9") ? stuck : Promise.resolve();
      },
      first.signal,
      { keepAs: "shop" },
    );
    await publishEvents(nameEvents(0, 10));
    await waitFor(() => seen.length === 10);
    first.abort();
    await waitFor(async () => (await readConsumers("celeriac.events.shop.1")) === 0);
    await publishEvents(nameEvents(10, 500));
    await broker.subscribeEvents((body) => seen.push(...readTypes(body)), new AbortController().signal, {
      keepAs: "shop",
    });
    await waitFor(() => seen.length >= 501);
    expect(seen).toEqual([...nameEvents(0, 10), "custom-9", ...nameEvents(10, 500)]);
    // All of it was acknowledged: the next one gets nothing twice.
    await waitFor(async () => (await readQueue("celeriac.events.shop.1")).messages === 0);
    const { queues } = await broker.sample(NO_HINTS);
    expect(queues).toEqual([]);
  });

  test("a second collector of the same name is refused and takes over when the first ends", async () => {
    const [first, second] = [open(), open()];
    const [firstEnd, secondEnd] = [new AbortController(), new AbortController()];
    const seen: string[] = [];
    await first.subscribeEvents(() => undefined, firstEnd.signal, { keepAs: "shop" });
    const waiting = second.subscribeEvents((body) => seen.push(...readTypes(body)), secondEnd.signal, {
      keepAs: "shop",
    });
    await waitFor(() => second.getStatus().error);
    expect(second.getStatus().error).toBe("another collector reads the same event queue");
    firstEnd.abort();
    await waiting;
    await publishEvents(["custom-1"]);
    await waitFor(() => seen.length === 1);
  });

  test("what overflows is counted: while away at least, while connected exactly", async () => {
    const policy = { pattern: "^celeriac\\.events\\.small\\.1$", "apply-to": "queues", priority: 1 };
    await callApi("PUT", "policies", "limit", { ...policy, definition: { "max-length": 5 } });
    const broker = open();
    const losses: [count: number, isMinimum: boolean][] = [];
    const seen: string[] = [];
    const subscribe = (signal: AbortSignal) =>
      broker.subscribeEvents((body) => seen.push(...readTypes(body)), signal, {
        keepAs: "small",
        onLost: (...loss) => losses.push(loss),
      });
    const first = new AbortController();
    await subscribe(first.signal);
    first.abort();
    await waitFor(async () => (await readConsumers("celeriac.events.small.1")) === 0);
    await publishEvents(nameEvents(0, 12));
    const second = new AbortController();
    await subscribe(second.signal);
    await waitFor(() => seen.length === 5 && losses.length === 7);
    expect(seen).toEqual(nameEvents(7, 12));
    expect(losses).toEqual(Array(7).fill([1, false]));
    second.abort();
    await waitFor(async () => (await readConsumers("celeriac.events.small.1")) === 0);
    losses.length = 0;
    await publishEvents(nameEvents(0, 1_100));
    await subscribe(new AbortController().signal);
    await waitFor(() => losses.length === 1_000);
    expect(losses[0]).toEqual([1, true]);
  });

  test("a queue that somebody deletes is declared anew", async () => {
    const broker = open();
    const seen: string[] = [];
    await broker.subscribeEvents((body) => seen.push(...readTypes(body)), new AbortController().signal, {
      keepAs: "shop",
    });
    await callApi("DELETE", "queues", "celeriac.events.shop.1");
    await waitFor(() => broker.getStatus().error !== null);
    await waitFor(() => broker.getStatus().connected);
    await publishEvents(["custom-1"]);
    await waitFor(() => seen.length === 1);
  });

  async function readQueue(name: string): Promise<{ messages: number; consumers: number }> {
    return (await callApi("GET", "queues", name)) as { messages: number; consumers: number };
  }

  async function readConsumers(name: string): Promise<number> {
    return (await readQueue(name)).consumers;
  }
});

describe("access", () => {
  test("a user who may no more than the documentation asks for", async () => {
    await server.callApi("PUT", "users/watcher", { password: "p@ss/w%rd", tags: "monitoring" });
    await callApi("PUT", "queues", "jobs", { durable: true });
    await callApi("PUT", "exchanges", "celeryev", { type: "topic", durable: true });
    await callApi("PUT", "permissions", "watcher", {
      configure: "^celeriac\\..*",
      write: "^(celeriac\\..*|celery\\.pidbox|amq\\.default)$",
      read: "^(celeriac\\..*|celeryev)$",
    });
    const { port, managementUrl } = server;
    const account = "watcher:p%40ss%2Fw%25rd@";
    const broker = open({
      url: `amqp://${account}localhost:${port}/${encode(virtualHost)}`,
      managementUrl: managementUrl.replace("guest:guest@", account),
    });
    await exercise(broker);
    await expectDepth(broker, "jobs", 1);
    expect(broker.getStatus().url).not.toContain("p%40ss");
  });

  test("a wrong password and an unknown virtual host are named as the reason, no secret is shown", async () => {
    const refused = open({ url: url.replace("guest:guest", "guest:wr0ng") });
    await waitFor(() => refused.getStatus().error);
    expect(refused.getStatus().error).toBe("the broker refused the user name or the password");
    expect(refused.getStatus().url).not.toContain("wr0ng");
    await expect(refused.sample(NO_HINTS)).rejects.toThrow("refused the user name or the password");
    const unknown = open({ url: `amqp://127.0.0.1:${server.port}/unknown` });
    await waitFor(() => unknown.getStatus().error);
    expect(unknown.getStatus().error).toBe(
      "the broker has no virtual host of that name, or the user may not use it",
    );
  });

  test("the next server of the list is tried when one is away", async () => {
    const port = await getFreePort();
    const name = encode(virtualHost);
    const broker = open({ url: `amqp://127.0.0.1:${port}/${name};amqp://127.0.0.1:${server.port}/${name}` });
    await callApi("PUT", "queues", "jobs", { durable: true });
    await exercise(broker);
  });

  test("nothing of it is left after it was closed", async () => {
    await callApi("PUT", "queues", "jobs", { durable: true });
    const broker = open();
    await exercise(broker);
    await broker.close();
    await waitFor(async () => (await listQueueNames()).join() === "jobs");
    const connections = (await callApi("GET", "vhosts", "")) as { name: string };
    expect(connections.name).toBe(virtualHost);
    await expect(broker.sample(NO_HINTS)).rejects.toMatchObject({ code: "broker_unavailable" });
  });

  test("can be closed at once while the broker is away", async () => {
    const port = await getFreePort();
    const broker = open({ url: `amqp://127.0.0.1:${port}` });
    await waitFor(() => broker.getStatus().error);
    expect(broker.getStatus().error).toBe(`nothing accepts connections there (127.0.0.1:${port})`);
    const startedAt = Date.now();
    await broker.close();
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });

  /** Uses every part of the port once. */
  async function exercise(broker: Broker): Promise<void> {
    const end = new AbortController();
    await broker.subscribeEvents(() => undefined, end.signal, { wakeWorkers: true });
    await broker.sample(NO_HINTS);
    await broker.control(PING, { timeoutMs: 100 });
    expect(await broker.publishTasks([createTask("jobs")], null)).toEqual([]);
    expect(await broker.getDispatchProgress("7")).toBeNull();
    await waitFor(() => broker.getStatus().connected);
    expect(broker.getStatus()).toMatchObject({ connected: true, error: null });
    end.abort();
  }
});
