import { afterAll, beforeAll, expect, test } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createWorkerRecord } from "@/lib/celery/worker-record";
import { listStuckTasks } from "@/lib/diagnosis/stuck/list-stuck-tasks";
import { openResultTable } from "@/lib/results/open-result-table";
import { saveCollectorStatus } from "@/lib/store/collector-status";
import { upsertTasks } from "@/lib/store/tasks";
import { upsertWorkers } from "@/lib/store/workers";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { type HistoryFixture, openHistoryFixture } from "../history/history-fixture";
import { makeTask } from "../store/make-task";

const NOW = Date.now();
const HOUR_MS = 3_600_000;
const HELD = { finishedAt: null, runtimeSeconds: null, result: null };

let fixture: HistoryFixture;
let redis: RedisServer;
let broker: Broker;

beforeAll(async () => {
  fixture = await openHistoryFixture([
    { task_id: "ended-in-table", status: "SUCCESS", date_done: new Date(NOW).toISOString() },
    { task_id: "lost-1", status: "STARTED", date_done: new Date(NOW).toISOString() },
  ]);
  redis = await startRedisServer();
  broker = openBroker({ url: redis.url, options: {} });
  const { store } = fixture;
  await upsertWorkers(store, [
    { ...createWorkerRecord("dead@box", NOW - 60_000), announced: "silent" },
    createWorkerRecord("mute@box", NOW),
  ]);
  await upsertTasks(store, [
    ...["ended-in-table", "lost-1", "lost-2", "sent-again"].map((id) => makeHeld(id, "STARTED", "dead@box")),
    makeHeld("waits", "RECEIVED", "mute@box"),
    makeTask({ id: "ended" }),
  ]);
  await store.client.redispatch.create({
    data: { originalId: "sent-again", after: "", newId: "new", batchId: "b", claimedAt: NOW },
  });
  await saveStatus({ connected: true });
});
afterAll(async () => {
  await broker.close();
  await fixture.stop();
  await redis.stop();
});

test("leaves out what has ended by its row, or was sent again", async () => {
  const { tasks, notes, isCurrent } = await look();
  expect(tasks.map(({ id, reason }) => [id, reason])).toEqual([
    ["waits", "reserved-long"],
    ["lost-1", "worker-gone"],
    ["lost-2", "worker-gone"],
  ]);
  expect(notes).toEqual(["mute@box did not answer: what is said of its tasks is as events told."]);
  expect(isCurrent).toBe(true);
});

test("says that the result table is away, and lists what it can't rule out", async () => {
  const results = openResultTable({ url: "postgresql://nobody@127.0.0.1:1/none" });
  const { tasks, notes } = await look({ results });
  await results.close();
  expect(tasks.map(({ id }) => id)).toContain("ended-in-table");
  expect(notes).toContain(
    "The result table is away: a task whose end no event told may be listed although it has ended.",
  );
});

test("says that the broker is away, and still tells what was known", async () => {
  await redis.kill();
  await saveStatus({ connected: false });
  const { tasks, notes, isCurrent } = await look();
  expect(tasks).toHaveLength(3);
  expect(notes).toEqual([
    "The broker is away: this is what was known before.",
    "The broker is away, so workers were not asked what they hold.",
  ]);
  expect(isCurrent).toBe(false);
});

function makeHeld(id: string, state: string, worker: string) {
  const takenAt = NOW - HOUR_MS;
  const startedAt = state === "STARTED" ? takenAt : null;
  return makeTask({ id, state, worker, ...HELD, receivedAt: takenAt, startedAt, stateAt: takenAt });
}

function look(change: { results?: HistoryFixture["results"] } = {}) {
  const { store, results } = fixture;
  const sources = { store, results, broker, visibilityTimeoutSeconds: 3_600, ...change };
  return listStuckTasks(sources, { seconds: 300, now: NOW });
}

async function saveStatus({ connected }: { connected: boolean }): Promise<void> {
  const status = {
    ...{ lastEventAt: NOW, eventsPerSecond: 1, malformedEvents: 0, droppedEvents: 0, lagSeconds: 0 },
    isDroppedMinimum: false,
    ...{ startedAt: NOW, stuckTasks: null, broker: { connected, url: redis.url, since: NOW, error: null } },
  };
  await saveCollectorStatus(fixture.store, status, NOW);
}
