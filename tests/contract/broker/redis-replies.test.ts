import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const PING = createControlRequest({ method: "ping" });

test("two workers of one name are both heard, and their late replies leave nothing behind", async () => {
  const server = await startRedisServer();
  const environment = await ensurePythonEnvironment("newest");
  const project = await createTestProject({ environment, brokerUrl: server.url });
  const broker = openBroker({ url: server.url });
  const redis = new Redis(server.port);
  const [first, second] = [
    await project.startWorker({ name: "twin", concurrency: 1 }),
    await project.startWorker({ name: "twin", concurrency: 1 }),
  ];

  // Ready is what a worker says before it subscribes to its mailbox.
  await waitFor(async () => (await broker.control(PING, { timeoutMs: 30_000 })).listeners === 2);
  for (const destination of [null, [first.hostname]]) {
    const request = createControlRequest({ method: "stats", destination });
    const { listeners, replies } = await broker.control(request, { timeoutMs: 30_000 });
    expect(listeners).toBe(2);
    expect(replies.map(({ hostname }) => hostname)).toEqual([first.hostname, first.hostname]);
    const pids = replies.map(({ value }) => (value instanceof Map ? String(value.get("pid").text) : null));
    expect(pids.sort()).toEqual([first.pid, second.pid].map(String).sort());
  }

  // One that answers when nobody waits any more: the list that it answers to has an end all the same.
  second.signal("SIGSTOP");
  const { replies } = await broker.control(PING, { timeoutMs: 500 });
  expect(replies).toHaveLength(1);
  const [list = ""] = await redis.keys("celeriac.*.reply");
  expect(await redis.llen(list)).toBe(1);
  second.signal("SIGCONT");
  await waitFor(async () => (await redis.llen(list)) === 2);
  expect(await redis.ttl(list)).toBeGreaterThan(3_600);
  expect((await broker.control(PING, { timeoutMs: 30_000 })).replies).toHaveLength(2);
  expect(await redis.llen(list)).toBe(1);

  await broker.close();
  redis.disconnect();
  await project.stop();
  await server.stop();
});
