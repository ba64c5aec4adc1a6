import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkerRecord, type WorkerRecord } from "@/lib/celery/worker-record";
import { bumpTopics, listTopicVersions } from "@/lib/store/changes";
import { getCollectorStatus, saveCollectorStatus } from "@/lib/store/collector-status";
import { acquireLease, releaseLease } from "@/lib/store/leases";
import { openStore } from "@/lib/store/open-store";
import { deleteQueueSamplesBefore, getQueueHistory } from "@/lib/store/queue-history";
import {
  deleteQueuesBefore,
  getBrokerTotals,
  getQueueOrRefuse,
  listQueues,
  saveBrokerSample,
} from "@/lib/store/queues";
import type { Store } from "@/lib/store/store";
import {
  addThroughput,
  countFailedSince,
  deleteThroughputBefore,
  getThroughput,
} from "@/lib/store/throughput";
import {
  deleteWorkersBefore,
  getWorker,
  listWorkers,
  saveWorkerAnswers,
  upsertWorkers,
} from "@/lib/store/workers";
import { waitFor } from "@/tests/support/wait-for";
import { STORE_DATABASES, type StoreDatabase } from "./open-stores";

const MINUTE = 60_000;
/** A full minute. */
const T = Math.floor(Date.now() / MINUTE) * MINUTE - 5 * MINUTE;

describe.each(STORE_DATABASES)("live data on %s", (_provider, start) => {
  let database: StoreDatabase;
  let url: string;
  let store: Store;
  beforeAll(async () => {
    database = await start();
    url = await database.createUrl();
    store = await openStore(url);
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  test("workers keep their answers while their heartbeats go on", async () => {
    await upsertWorkers(store, [makeWorker("b@box", T), makeWorker("a@box", T)]);
    const answers = {
      ...{ pool: "prefork", concurrency: 4, prefetchCount: 16, pid: 77, maxRssBytes: 5e9 },
      ...{ queues: ["mail"], registered: [], acceptContent: null, taskEvents: true },
      ...{ limits: { "shop.pay": { rateLimit: "10/m", softTimeLimit: null, timeLimit: 30 } } },
      ...{ softLimitSeconds: 0, hardLimitSeconds: 0 },
    };
    await saveWorkerAnswers(store, "a@box", answers, T + 1);
    await saveWorkerAnswers(store, "stranger@box", answers, T + 1);
    await upsertWorkers(store, [{ ...makeWorker("a@box", T + 2), active: 3 }]);
    expect(await getWorker(store, "a@box")).toEqual({
      ...makeWorker("a@box", T + 2),
      ...{ active: 3, answers, answeredAt: T + 1, marks: [] },
    });
    expect((await listWorkers(store)).map((worker) => [worker.hostname, worker.answeredAt])).toEqual([
      ["a@box", T + 1],
      ["b@box", null],
    ]);
    expect(await deleteWorkersBefore(store, T + 1)).toBe(1);
    expect(await getWorker(store, "b@box")).toBeNull();
  });

  test("queues show their newest look and a history in which no peak is lost", async () => {
    for (let second = 0; second < 150; second++) {
      const at = T + second * 1000;
      await saveBrokerSample(store, {
        ...{ at, unackedTotal: second, oldestUnackedAt: null },
        queues: [makeQueue("mail", second === 70 ? 900 : second), makeQueue("empty", 0)],
      });
    }
    expect((await listQueues(store)).map(({ name, depth, sampledAt }) => [name, depth, sampledAt])).toEqual([
      ["empty", 0, T + 149_000],
      ["mail", 149, T + 149_000],
    ]);
    expect((await listQueues(store))[1]).toMatchObject(makeQueue("mail", 149));
    expect(await getBrokerTotals(store)).toEqual({
      at: T + 149_000,
      ...{ unackedTotal: 149, oldestUnackedAt: null, delayed: null },
    });
    expect(await getQueueOrRefuse(store, "mail")).toEqual((await listQueues(store))[1]);
    await expect(getQueueOrRefuse(store, "gone")).rejects.toMatchObject({ code: "not_found" });

    const seconds = await getQueueHistory(store, { name: "mail", from: T, to: T + 150_000, points: 150 });
    expect(seconds).toHaveLength(150);
    expect(seconds[1]).toEqual({ at: T + 1000, depth: 1, unacked: 2, oldestWaitingSeconds: 0.5 });
    const coarse = await getQueueHistory(store, { name: "mail", from: T, to: T + 150_000, points: 3 });
    expect(coarse.map(({ at, depth }) => [at, depth])).toEqual([
      [T + 49_000, 49],
      [T + 99_000, 900],
      [T + 149_000, 149],
    ]);
    const day = await getQueueHistory(store, { name: "mail", from: T - 864e5, to: T + 864e5, points: 9999 });
    expect(day.length).toBeLessThanOrEqual(300);
    const minutes = await getQueueHistory(store, {
      ...{ name: "mail", from: T - 120 * MINUTE, to: T + 180 * MINUTE, points: 300 },
    });
    // The largest values of each minute; the last one is still filling.
    expect(minutes.map(({ at, depth, unacked }) => [at, depth, unacked])).toEqual([
      [T, 59, 60],
      [T + MINUTE, 900, 901],
      [T + 2 * MINUTE, 149, 150],
    ]);
    const askedAt = Date.now();
    const range = { name: "mail", from: askedAt - 60 * MINUTE, to: askedAt, points: 120 };
    const lastHour = await getQueueHistory(store, { ...range, from: range.from - 10_000 });
    // By the second, though the request took its time: thirty seconds a point.
    expect(lastHour.length).toBeGreaterThan(minutes.length);
  });

  test("old samples go in bounded steps, and queues that are no more", async () => {
    expect(await deleteQueueSamplesBefore(store, 1, T + 100_000, 150)).toBe(150);
    expect(await deleteQueueSamplesBefore(store, 1, T + 100_000, 150)).toBe(50);
    expect(await deleteQueueSamplesBefore(store, 1, T + 100_000, 150)).toBe(0);
    expect(await deleteQueueSamplesBefore(store, 60, T + MINUTE, 150)).toBe(2);
    await saveBrokerSample(store, {
      ...{ at: T + 200_000, unackedTotal: null, oldestUnackedAt: 5, delayed: 7 },
      queues: [makeQueue("mail", 1)],
    });
    expect((await getBrokerTotals(store))?.delayed).toBe(7);
    expect(await deleteQueuesBefore(store, T + 200_000)).toBe(1);
    expect((await listQueues(store)).map((queue) => queue.name)).toEqual(["mail"]);
  });

  test("throughput adds up in its buckets and leaves no gap", async () => {
    const now = T + 4 * MINUTE + 12_345;
    await addThroughput(store, [
      { at: now, succeeded: 1, failed: 0, retried: 2 },
      { at: now - 1000, succeeded: 1, failed: 1, retried: 0 },
      { at: now - MINUTE, succeeded: 5, failed: 7, retried: 0 },
    ]);
    await addThroughput(store, [{ at: now, succeeded: 10, failed: 0, retried: 0 }]);
    const fine = await getThroughput(store, { minutes: 5, points: 30, now });
    expect(fine.bucketSeconds).toBe(10);
    expect(fine.points).toHaveLength(30);
    expect(fine.points.at(-1)).toEqual({ at: T + 4 * MINUTE + 10_000, succeeded: 12, failed: 1, retried: 2 });
    expect(fine.points.at(-2)).toMatchObject({ succeeded: 0, failed: 0, retried: 0 });
    expect(fine.points.at(-7)).toMatchObject({ succeeded: 5, failed: 7, retried: 0 });
    const coarse = await getThroughput(store, { minutes: 5, points: 2, now });
    expect(coarse.bucketSeconds).toBe(150);
    expect(coarse.points.reduce((sum, point) => sum + point.succeeded, 0)).toBe(17);
    expect(await countFailedSince(store, now - 10_000)).toBe(1);
    expect(await countFailedSince(store, now - 2 * MINUTE)).toBe(8);
    expect(await countFailedSince(store, now + MINUTE)).toBe(0);
    expect(await deleteThroughputBefore(store, now - 10_000)).toBe(1);
  });

  test("topics count up, whoever bumps them", async () => {
    const other = await openStore(url);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        bumpTopics(index % 2 ? store : other, index % 4 < 2 ? ["tasks", "workers"] : ["workers", "tasks"]),
      ),
    );
    expect(await listTopicVersions(store)).toEqual(
      new Map([
        ["tasks", 40],
        ["workers", 40],
      ]),
    );
    await other.close();
  });

  test("a lease has one owner at a time, until it runs out or is given back", async () => {
    const taken = await Promise.all(
      ["a", "b", "c"].map((owner) => acquireLease(store, "collector", owner, 60_000)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    const owner = ["a", "b", "c"][taken.indexOf(true)] ?? "";
    expect(await acquireLease(store, "collector", "d", 60_000)).toBe(false);
    expect(await acquireLease(store, "other", "d", 60_000)).toBe(true);
    await releaseLease(store, "collector", "d");
    expect(await acquireLease(store, "collector", "d", 60_000)).toBe(false);
    expect(await acquireLease(store, "collector", owner, 50)).toBe(true);
    await waitFor(() => acquireLease(store, "collector", "d", 60_000));
    await releaseLease(store, "collector", "d");
    expect(await acquireLease(store, "collector", owner, 60_000)).toBe(true);
  });

  test("the collector counts as active for ten seconds after its last word", async () => {
    expect(await getCollectorStatus(store, T)).toBeNull();
    const status = {
      ...{ lastEventAt: T, eventsPerSecond: 12.5, malformedEvents: 1, lagSeconds: 0.1 },
      ...{ droppedEvents: 0, isDroppedMinimum: false, stuckTasks: 3 },
      ...{ startedAt: T - 1000, broker: { connected: true, url: "redis://x", since: T, error: null } },
    };
    await saveCollectorStatus(store, status, T);
    expect(await getCollectorStatus(store, T + 9_999)).toEqual({ ...status, active: true, updatedAt: T });
    expect((await getCollectorStatus(store, T + 10_000))?.active).toBe(false);
  });
});

function makeWorker(hostname: string, lastHeartbeatAt: number): WorkerRecord {
  return {
    ...createWorkerRecord(hostname, lastHeartbeatAt),
    ...{ freqSeconds: 2, pid: 1, active: 0, processed: 9, loadAverage: [0.1, 1, 2] },
    ...{ softwareIdentity: "py-celery", softwareVersion: "5.6.2", softwareSystem: "Linux" },
  };
}

function makeQueue(name: string, depth: number) {
  return {
    ...{ name, depth, unacked: depth + 1, consumers: 1, byPriority: { "0": depth } },
    ...{ oldestWaitingSeconds: 0.5, oldestWaitingIsMinimum: false },
    ...{ publishPerSecond: null, ackPerSecond: 2.5, source: "redis" as const },
  };
}
