import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "amqplib";
import { expect, onTestFinished, test } from "vitest";
import { getCollectorStatus } from "@/lib/store/collector-status";
import { openStore } from "@/lib/store/open-store";
import { listTasksById } from "@/lib/store/tasks";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { startCeleriac } from "@/tests/support/start-celeriac";
import { waitFor } from "@/tests/support/wait-for";

const EVENTS_PER_SECOND = 500;
const EVENTS_A_TASK = 3;
const BEAT_MS = 60;

/** Publishes the events of tasks, three each, at 500 a second until `signal` aborts; returns the tasks' ids. */
async function publishTaskEvents(url: string, signal: AbortSignal): Promise<string[]> {
  const model = await connect(url);
  const channel = await model.createConfirmChannel();
  const ids: string[] = [];
  const startedAt = performance.now();
  while (!signal.aborted) {
    const due = ((performance.now() - startedAt) / 1_000) * (EVENTS_PER_SECOND / EVENTS_A_TASK);
    while (ids.length < due) publishTask();
    await delay(BEAT_MS);
  }
  await channel.waitForConfirms();
  await model.close();
  return ids;

  function publishTask() {
    const uuid = randomUUID();
    ids.push(uuid);
    const common = { uuid, hostname: "w@h", timestamp: Date.now() / 1_000, pid: 1, utcoffset: 0 };
    const events = [
      { type: "task-received", clock: 1, name: "shop.pay", args: "()", kwargs: "{}", retries: 0 },
      { type: "task-started", clock: 2 },
      { type: "task-succeeded", clock: 3, result: "None", runtime: 0.1 },
    ];
    for (const event of events) {
      const body = Buffer.from(JSON.stringify({ ...common, ...event }));
      const options = { contentType: "application/json", contentEncoding: "utf-8", deliveryMode: 1 };
      channel.publish("celeryev", event.type.replace("-", "."), body, options);
    }
  }
}

test("a collector that is killed, and one that is stopped, under 500 events a second lose none", async () => {
  const server = await shareRabbitmqServer();
  const url = await server.createVirtualHost(`collector ${randomUUID()}`);
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
  const first = await start();
  const store = await openStore(settings.DATABASE_URL);
  onTestFinished(() => store.close());
  const lastEventAt = async () => (await getCollectorStatus(store, Date.now()))?.lastEventAt ?? 0;
  await waitFor(async () => (await getCollectorStatus(store, Date.now()))?.broker.connected);

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

  const ids = await published;
  expect(ids.length).toBeGreaterThan((EVENTS_PER_SECOND / EVENTS_A_TASK) * 5);
  let missing = new Set(ids);
  await waitFor(
    async () => {
      const records = await listTasksById(store, [...missing]);
      missing = new Set([...missing].filter((id) => records.get(id)?.state !== "SUCCESS"));
      return missing.size === 0;
    },
    { what: () => `${missing.size} of ${ids.length} tasks` },
  );
  expect((await getCollectorStatus(store, Date.now()))?.droppedEvents).toBe(0);
});
