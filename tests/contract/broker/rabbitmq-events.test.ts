import { randomUUID } from "node:crypto";
import { connect } from "amqplib";
import { beforeEach, expect, test } from "vitest";
import type { EventBody } from "@/lib/celery/events/event-body";
import { waitFor } from "@/tests/support/wait-for";
import { createVirtualHost, type VirtualHost } from "./create-virtual-host";

const NO_HINTS = { queueNames: [], sentAt: () => null };

let host: VirtualHost;

beforeEach(async () => {
  host = await createVirtualHost();
});

test("what comes while the collector restarts is kept, and so is what it had not dealt with", async () => {
  const seen: string[] = [];
  const first = new AbortController();
  const broker = host.open();
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
  const [first, second] = [host.open(), host.open()];
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
  await host.callApi("PUT", "policies", "limit", { ...policy, definition: { "max-length": 5 } });
  const broker = host.open();
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
  const broker = host.open();
  const seen: string[] = [];
  await broker.subscribeEvents((body) => seen.push(...readTypes(body)), new AbortController().signal, {
    keepAs: "shop",
  });
  await host.callApi("DELETE", "queues", "celeriac.events.shop.1");
  await waitFor(() => broker.getStatus().error !== null);
  await waitFor(() => broker.getStatus().connected);
  await publishEvents(["custom-1"]);
  await waitFor(() => seen.length === 1);
});

async function readQueue(name: string): Promise<{ messages: number; consumers: number }> {
  return (await host.callApi("GET", "queues", name)) as { messages: number; consumers: number };
}

async function readConsumers(name: string): Promise<number> {
  return (await readQueue(name)).consumers;
}

/** Publishes messages as workers publish events. */
async function publishEvents(types: readonly string[]): Promise<void> {
  const model = await connect(host.url);
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

function readTypes(body: EventBody): string[] {
  const { type }: { type: string } = JSON.parse(String(body));
  return [type];
}

/** Numbered, so that one that is missing or out of order shows. */
function nameEvents(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `custom-${from + index}`);
}
