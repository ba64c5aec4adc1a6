import { describe, expect, test } from "vitest";
import { createWorkerRecord } from "@/lib/celery/worker-record";
import { listHeldTasks } from "@/lib/store/held-tasks";
import { countSentBefore } from "@/lib/store/sent-before";
import type { Store } from "@/lib/store/store";
import { upsertTasks } from "@/lib/store/tasks";
import { getUsualRuntimes } from "@/lib/store/usual-runtimes";
import {
  deleteWorkerSamplesBefore,
  getWorkerHistory,
  listMemorySamples,
  saveWorkerSamples,
} from "@/lib/store/worker-samples";
import { getWorker, listWorkers, saveWorkerMarks, upsertWorkers } from "@/lib/store/workers";
import { makeTask } from "./make-task";
import { STORE_DATABASES, withStore } from "./open-stores";

const MINUTE = 60_000;
const T = 1_795_000_020_000;
const RECEIVED = { state: "RECEIVED", finishedAt: null, startedAt: null, runtimeSeconds: null };

describe.each(STORE_DATABASES)("what tells the health of workers on %s", (_provider, start) => {
  let store: Store;
  withStore(start, (opened) => {
    store = opened;
  });

  test("a sample a minute is kept, the last one", async () => {
    for (let minute = 0; minute < 10; minute++) {
      const at = T + minute * MINUTE;
      await saveWorkerSamples(store, [makeSample("a@box", minute), makeSample("b@box", minute)], at);
      await saveWorkerSamples(store, [makeSample("a@box", minute + 100)], at + 20_000);
    }
    const range = { hostname: "a@box", from: T - MINUTE, to: T + 60 * MINUTE };
    const all = await getWorkerHistory(store, { ...range, points: 300 });
    expect(all).toHaveLength(10);
    expect(all[0]).toEqual({ at: T, maxRssBytes: 5e9 + 100, load: 100.5, active: 100, processed: 6e9 });
    const coarse = await getWorkerHistory(store, { ...range, to: T + 9 * MINUTE, points: 2 });
    expect(coarse.map(({ at, active }) => [at, active])).toEqual([
      [T + 3 * MINUTE, 103],
      [T + 8 * MINUTE, 108],
    ]);
    expect(await getWorkerHistory(store, { ...range, hostname: "c@box", points: 300 })).toEqual([]);
  });

  test("unknown figures stay unknown", async () => {
    const unknown = { pid: null, maxRssBytes: null, load: null, active: null, processed: null };
    await saveWorkerSamples(store, [{ hostname: "mute@box", ...unknown }], T);
    expect(await getWorkerHistory(store, { hostname: "mute@box", from: 0, to: T + 1, points: 1 })).toEqual([
      { at: T, maxRssBytes: null, load: null, active: null, processed: null },
    ]);
    expect(await listMemorySamples(store, ["mute@box"], 0)).toEqual([]);
  });

  test("memory is read for several workers at once", async () => {
    const samples = await listMemorySamples(store, ["b@box", "a@box", "c@box"], T + 8 * MINUTE);
    expect(samples).toEqual([
      { hostname: "a@box", at: T + 8 * MINUTE, pid: 7, maxRssBytes: 5e9 + 108 },
      { hostname: "a@box", at: T + 9 * MINUTE, pid: 7, maxRssBytes: 5e9 + 109 },
      { hostname: "b@box", at: T + 8 * MINUTE, pid: 7, maxRssBytes: 5e9 + 8 },
      { hostname: "b@box", at: T + 9 * MINUTE, pid: 7, maxRssBytes: 5e9 + 9 },
    ]);
    expect(await listMemorySamples(store, [], 0)).toEqual([]);
  });

  test("old samples go in bounded steps", async () => {
    expect(await deleteWorkerSamplesBefore(store, T + 5 * MINUTE, 8)).toBe(8);
    expect(await deleteWorkerSamplesBefore(store, T + 5 * MINUTE, 8)).toBe(3);
    expect(await deleteWorkerSamplesBefore(store, T + 5 * MINUTE, 8)).toBe(0);
  });

  test("marks stay while heartbeats go on, and go when there are none", async () => {
    const marks = [{ mark: "frozen" as const, detail: "It is deaf.", remedy: "Restart it." }];
    const record = createWorkerRecord("a@box", T);
    await upsertWorkers(store, [record, createWorkerRecord("b@box", T)]);
    await saveWorkerMarks(store, new Map([["a@box", marks]]));
    await upsertWorkers(store, [{ ...record, lastHeartbeatAt: T + 1 }]);
    expect(await getWorker(store, "a@box")).toEqual({
      ...record,
      ...{ lastHeartbeatAt: T + 1, answers: null, answeredAt: null, marks },
    });
    expect((await listWorkers(store)).map((worker) => worker.marks.length)).toEqual([1, 0]);
    await saveWorkerMarks(store, new Map([["a@box", []]]));
    expect((await getWorker(store, "a@box"))?.marks).toEqual([]);
    await saveWorkerMarks(store, new Map());
  });

  test("a record of an earlier version is completed", async () => {
    const {
      formerPid: _f,
      bornAt: _b,
      progressAt: _p,
      clockAheadMs: _c,
      ...old
    } = createWorkerRecord("o@box", T);
    await store.client.worker.create({
      data: { hostname: "o@box", announced: "online", lastHeartbeatAt: T, record: JSON.stringify(old) },
    });
    expect(await getWorker(store, "o@box")).toMatchObject({ formerPid: null, bornAt: null, clockAheadMs: 0 });
  });

  test("held tasks are those that a worker has, the oldest of each state first", async () => {
    await upsertTasks(store, [
      makeTask({ id: "ended" }),
      makeTask({ id: "new", ...RECEIVED, receivedAt: T + 2, stateAt: T + 2, retries: 1, eta: "2099-01-01" }),
      makeTask({ id: "old", ...RECEIVED, receivedAt: T, stateAt: T }),
      makeTask({ id: "middle", ...RECEIVED, receivedAt: T + 1, stateAt: T + 1 }),
      makeTask({ id: "runs", ...RECEIVED, state: "STARTED", startedAt: T, stateAt: T }),
      makeTask({ id: "half", ...RECEIVED, state: "PROGRESS", startedAt: T, stateAt: T }),
      ...["PENDING", "RETRY", "REJECTED", "CANCELLED"].map((state) =>
        makeTask({ id: `not-${state}`, ...RECEIVED, state, stateAt: T }),
      ),
    ]);
    const all = await listHeldTasks(store, 10);
    expect(all.isComplete).toBe(true);
    expect(all.tasks.map(({ id }) => id)).toEqual(["half", "old", "middle", "new", "runs"]);
    expect(all.tasks[3]).toEqual({
      ...{ id: "new", name: "shop.tasks.send_mail", state: "RECEIVED", worker: "mail@box", queue: "mail" },
      ...{ eta: "2099-01-01", retries: 1, receivedAt: T + 2, startedAt: null, stateAt: T + 2, attempts: [] },
    });
    const some = await listHeldTasks(store, 2);
    expect(some.tasks.map(({ id }) => id)).toEqual(["half", "old", "middle", "runs"]);
    expect(some.isComplete).toBe(false);
  });

  test("what is usual is told name by name, of those that succeeded", async () => {
    const run = (id: string, name: string, runtimeSeconds: number, state = "SUCCESS") =>
      makeTask({ id, name, runtimeSeconds, state });
    // The oldest 200 are beyond the newest 1,000.
    const frequent = Array.from({ length: 1_200 }, (_, index) => ({
      ...run(`f${index}`, "frequent", index < 200 ? 999 : (index % 200) + 1),
      finishedAt: T + index,
    }));
    await upsertTasks(store, [...frequent, run("rare", "rare", 90), run("bad", "rare", 999, "FAILURE")]);
    expect(await getUsualRuntimes(store, ["frequent", "rare", "never"])).toEqual(
      new Map([
        ["frequent", { runs: 1_000, p99: 198 }],
        ["rare", { runs: 1, p99: 90 }],
      ]),
    );
  });

  test("those sent before to a queue are counted", async () => {
    const sent = (id: string, queue: string, sentAt: number) =>
      makeTask({ id, ...RECEIVED, state: "PENDING", queue, sentAt, stateAt: sentAt });
    await upsertTasks(store, [sent("1", "long", T), sent("2", "long", T + 1), sent("3", "other", T + 1)]);
    expect(await countSentBefore(store, "long", T + 1)).toBe(1);
    expect(await countSentBefore(store, "long", T + 9)).toBe(2);
    expect(await countSentBefore(store, "nobody", T + 9)).toBe(0);
  });
});

function makeSample(hostname: string, figure: number) {
  return { hostname, pid: 7, maxRssBytes: 5e9 + figure, load: figure + 0.5, active: figure, processed: 6e9 };
}
