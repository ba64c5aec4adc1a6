import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { connect } from "amqplib";
import { beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { getCollectorStatus } from "@/lib/store/collector-status";
import { openStore } from "@/lib/store/open-store";
import { getStoreIdentity } from "@/lib/store/store-identity";
import { listTasksById } from "@/lib/store/tasks";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import type { RabbitmqAccess } from "@/tests/support/rabbitmq-access";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { startCeleriac } from "@/tests/support/start-celeriac";
import { waitFor } from "@/tests/support/wait-for";
import { EVENTS_A_TASK, EVENTS_PER_SECOND, publishTaskEvents } from "./publish-task-events";

let server: RabbitmqAccess;
let virtualHost: string;
let url: string;
beforeAll(async () => {
  server = await shareRabbitmqServer();
});
beforeEach(async () => {
  virtualHost = `collector ${randomUUID()}`;
  url = await server.createVirtualHost(virtualHost);
});

interface EventQueue {
  readonly name: string;
  readonly policy?: string;
  readonly consumers?: number;
}

async function listEventQueues(): Promise<EventQueue[]> {
  const queues = await server.callApi("GET", `queues/${encodeURIComponent(virtualHost)}`);
  return (queues as EventQueue[]).filter(({ name }) => /^celeriac\.events\.[^.]+\.1$/.test(name));
}

/** Waits until so many collectors read the queue that keeps their events. */
async function waitForReaders(count: number): Promise<void> {
  await waitFor(async () => (await listEventQueues()).some(({ consumers }) => consumers === count));
}

/** A store of its own, what starts a collector on it, and what the collector last said. */
async function prepare() {
  const folder = makeTempFolder("collector-rabbitmq");
  onTestFinished(() => removeFolder(folder));
  const settings = {
    CELERY_BROKER_URL: url,
    RABBITMQ_MANAGEMENT_URL: server.managementUrl,
    DATABASE_URL: `file:${join(folder, "celeriac.db")}`,
  };
  const start = async () => {
    const collector = await startCeleriac({ part: "collector", settings });
    onTestFinished(() => collector.stop());
    await collector.waitForOutput("is the active collector");
    return collector;
  };
  const store = await openStore(settings.DATABASE_URL);
  onTestFinished(() => store.close());
  return { start, store, getStatus: () => getCollectorStatus(store, Date.now()) };
}

test("a collector that is killed, and one that is stopped, under 500 events a second lose none", async () => {
  const { start, store, getStatus } = await prepare();
  const lastEventAt = async () => (await getStatus())?.lastEventAt ?? 0;
  const first = await start();
  await waitForReaders(1);

  const publishing = new AbortController();
  const published = publishTaskEvents(url, publishing.signal);
  await waitFor(async () => (await lastEventAt()) > 0);
  await first.kill();
  const killedAt = Date.now();
  // The lease of one that was killed runs out first.
  const second = await start();
  await waitFor(async () => (await lastEventAt()) > killedAt);
  second.signal("SIGTERM");
  expect(await second.exited).toBe(0);
  const stoppedAt = Date.now();
  await start();
  await waitFor(async () => (await lastEventAt()) > stoppedAt);
  publishing.abort();

  const wanted = await published;
  expect(wanted.size).toBeGreaterThan((EVENTS_PER_SECOND / EVENTS_A_TASK) * 5);
  let wrong = [...wanted.keys()];
  await waitFor(
    async () => {
      const records = await listTasksById(store, wrong);
      wrong = wrong.filter((id) => records.get(id)?.state !== wanted.get(id));
      return wrong.length === 0;
    },
    { timeoutMs: 30_000, what: () => `the right state of ${wrong.length} of ${wanted.size} tasks` },
  );
  expect(await getStatus()).toMatchObject({ droppedEvents: 0, isDroppedMinimum: false, malformedEvents: 0 });
});

test("what did not fit into the queue while no collector was there is counted", async () => {
  const { start, store, getStatus } = await prepare();
  // What an earlier collector of this store left behind.
  const earlier = openBroker({ url });
  const keepAs = await getStoreIdentity(store);
  await earlier.subscribeEvents(() => undefined, new AbortController().signal, { keepAs });
  await earlier.close();
  await server.callApi("PUT", `policies/${encodeURIComponent(virtualHost)}/limit`, {
    ...{ pattern: "^celeriac\\.events\\.[^.]+\\.1$", "apply-to": "queues", priority: 1 },
    definition: { "max-length": 5 },
  });
  await waitForReaders(0);
  await waitFor(async () => (await listEventQueues()).some(({ policy }) => policy === "limit"));
  const model = await connect(url);
  const channel = await model.createConfirmChannel();
  for (let count = 0; count < 12; count += 1) channel.publish("celeryev", "task.custom", Buffer.from("{}"));
  await channel.waitForConfirms();
  await model.close();
  await start();
  await waitFor(async () => (await getStatus())?.droppedEvents === 7);
  expect(await getStatus()).toMatchObject({ isDroppedMinimum: false });
});
