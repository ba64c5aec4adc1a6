import { beforeEach, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { getFreePort } from "@/tests/support/get-free-port";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import { createEchoTask } from "./create-echo-task";
import { createVirtualHost, type VirtualHost } from "./create-virtual-host";
import { waitForDepth } from "./wait-for-depth";

const NO_HINTS = { queueNames: [], sentAt: () => null };
const PING = createControlRequest({ method: "ping" });

let host: VirtualHost;

beforeEach(async () => {
  host = await createVirtualHost();
});

test("a user who may no more than the documentation asks for", async () => {
  await host.server.callApi("PUT", "users/watcher", { password: "p@ss/w%rd", tags: "monitoring" });
  await host.callApi("PUT", "queues", "jobs", { durable: true });
  await host.callApi("PUT", "exchanges", "celeryev", { type: "topic", durable: true });
  await host.callApi("PUT", "permissions", "watcher", {
    configure: "^celeriac\\..*",
    write: "^(celeriac\\..*|celery\\.pidbox|amq\\.default)$",
    read: "^(celeriac\\..*|celeryev)$",
  });
  const { port, managementUrl } = host.server;
  const account = "watcher:p%40ss%2Fw%25rd@";
  const broker = host.open({
    url: `amqp://${account}localhost:${port}/${encodeURIComponent(host.name)}`,
    managementUrl: managementUrl.replace("guest:guest@", account),
  });
  await exercise(broker);
  await waitForDepth(broker, "jobs", 1);
  expect(broker.getStatus().url).not.toContain("p%40ss");
});

test("a wrong password and an unknown virtual host are named as the reason, no secret is shown", async () => {
  const refused = host.open({ url: host.url.replace("guest:guest", "guest:wr0ng") });
  await waitFor(() => refused.getStatus().error);
  expect(refused.getStatus().error).toBe("the broker refused the user name or the password");
  expect(refused.getStatus().url).not.toContain("wr0ng");
  await expect(refused.sample(NO_HINTS)).rejects.toThrow("refused the user name or the password");
  const unknown = host.open({ url: `amqp://127.0.0.1:${host.server.port}/unknown` });
  await waitFor(() => unknown.getStatus().error);
  expect(unknown.getStatus().error).toBe(
    "the broker has no virtual host of that name, or the user may not use it",
  );
});

test("the next server of the list is tried when one is away", async () => {
  const port = await getFreePort();
  const name = encodeURIComponent(host.name);
  const broker = host.open({
    url: `amqp://127.0.0.1:${port}/${name};amqp://127.0.0.1:${host.server.port}/${name}`,
  });
  await host.callApi("PUT", "queues", "jobs", { durable: true });
  await exercise(broker);
});

test("nothing of it is left after it was closed", async () => {
  await host.callApi("PUT", "queues", "jobs", { durable: true });
  const broker = host.open();
  await exercise(broker);
  await broker.close();
  await waitFor(async () => (await host.listQueueNames()).join() === "jobs");
  const connections = (await host.callApi("GET", "vhosts", "")) as { name: string };
  expect(connections.name).toBe(host.name);
  await expect(broker.sample(NO_HINTS)).rejects.toMatchObject({ code: "broker_unavailable" });
});

test("can be closed at once while the broker is away", async () => {
  const port = await getFreePort();
  const broker = host.open({ url: `amqp://127.0.0.1:${port}` });
  await waitFor(() => broker.getStatus().error);
  expect(broker.getStatus().error).toBe(`nothing accepts connections there (127.0.0.1:${port})`);
  const closingMs = startStopwatch();
  await broker.close();
  expect(closingMs()).toBeLessThan(1_000);
});

/** Uses every part of the port once. */
async function exercise(broker: Broker): Promise<void> {
  const end = new AbortController();
  await broker.subscribeEvents(() => undefined, end.signal, { wakeWorkers: true });
  await broker.sample(NO_HINTS);
  await broker.control(PING, { timeoutMs: 100 });
  expect(await broker.publishTasks([createEchoTask("jobs")], null)).toEqual([]);
  expect(await broker.getDispatchProgress("7")).toBeNull();
  await broker.endDispatch("7", true);
  await waitFor(() => broker.getStatus().connected);
  expect(broker.getStatus()).toMatchObject({ connected: true, error: null });
  end.abort();
}
