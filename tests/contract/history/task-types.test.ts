import { beforeAll, describe, expect, test } from "vitest";
import { createWorkerRecord } from "@/lib/celery/worker-record";
import { listHistoryTaskTypes } from "@/lib/history/list-task-types";
import { bucketOf } from "@/lib/numbers/duration-sketch";
import { TaskNumbers } from "@/lib/numbers/task-numbers";
import { saveKwargNames } from "@/lib/store/kwarg-names";
import { saveMinutes } from "@/lib/store/number-minutes";
import type { Store } from "@/lib/store/store";
import { noteTaskTypes } from "@/lib/store/task-types";
import type { WorkerAnswers } from "@/lib/store/worker-answers";
import { saveWorkerAnswers, upsertWorkers } from "@/lib/store/workers";
import { viewTaskTypes } from "@/lib/views/task-types-view";
import { STORE_DATABASES, withStore } from "../store/open-stores";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 27, 12, 30);
const QUESTION = { limit: 50, after: null, name: null, range: "hour", now: NOW } as const;

describe.each(STORE_DATABASES)("task types with their numbers on %s", (_provider, start) => {
  let store: Store;
  withStore(start, (opened) => {
    store = opened;
  });
  beforeAll(async () => {
    await upsertWorkers(
      store,
      ["w1", "w2", "gone"].map((name) => ({
        ...createWorkerRecord(name, NOW),
        announced: name === "gone" ? "offline" : "online",
      })),
    );
    await saveWorkerAnswers(store, "w1", answer(["pay", "idle [rate_limit=10/m]"], true), NOW);
    await saveWorkerAnswers(store, "w2", answer(["pay"], null), NOW);
    await saveWorkerAnswers(store, "gone", answer(["old"], true), NOW);
    await noteTaskTypes(store, [
      { name: "pay", queue: null, at: NOW - MINUTE },
      { name: "lost", queue: null, at: NOW - MINUTE },
    ]);
    await saveKwargNames(store, [{ task: "pay", kwarg: "", at: NOW - 9_000 * MINUTE }]);
    await saveKwargNames(store, [{ task: "pay", kwarg: "currency", at: NOW - 9 * MINUTE }]);
    await saveMinutes(store, [
      minute("pay", NOW - 57 * MINUTE, { succeeded: 3, failed: 1, runtime: 2 }),
      minute("pay", NOW, { succeeded: 5, failed: 0, runtime: 4 }),
      // Before the range, and of names that are not told apart.
      minute("pay", NOW - 59 * MINUTE, { succeeded: 90, failed: 9, runtime: 9 }),
      minute("", NOW, { succeeded: 7, failed: 2, runtime: 1 }),
    ]);
  });

  test("are all that were heard of or are registered, each with what it did in the range", async () => {
    const page = viewTaskTypes(await listHistoryTaskTypes({ store, results: null }, QUESTION), null, NOW);
    expect(page).toMatchObject({ workersOnline: 2, registeredUnknown: [], listening: null });
    expect(page.others).toEqual({ SUCCESS: 7, FAILURE: 2, RETRY: 0 });
    expect(page.range).toMatchObject({ stepSeconds: 120, to: new Date(NOW + 2 * MINUTE).toISOString() });
    expect(page.items.map(({ name, registeredOn, isHeard }) => [name, registeredOn, isHeard])).toEqual([
      ["idle", ["w1"], true],
      ["lost", [], true],
      ["pay", ["w1", "w2"], false],
    ]);
    expect(page.items[2]).toMatchObject({
      counts: { SUCCESS: 8, FAILURE: 1, RETRY: 0 },
      runtime: { p50: expect.closeTo(4, 0), p99: expect.closeTo(4, 0) },
      failureRate: 1 / 9,
      newKwargs: [{ name: "currency", firstSeenAt: new Date(NOW - 9 * MINUTE).toISOString() }],
    });
    const { steps } = page.items[2] ?? { steps: [] };
    expect([steps.length, steps[0], steps.at(-1)]).toEqual([
      30,
      { succeeded: 3, failed: 1 },
      { succeeded: 5, failed: 0 },
    ]);
    expect(page.items[0]).toMatchObject({ failureRate: null, runtime: { p50: null, p95: null, p99: null } });
  });

  test("come in pages, or one alone", async () => {
    const first = await listHistoryTaskTypes({ store, results: null }, { ...QUESTION, limit: 2 });
    expect([first.types.map(({ name }) => name), first.hasMore]).toEqual([["idle", "lost"], true]);
    const rest = await listHistoryTaskTypes({ store, results: null }, { ...QUESTION, after: "lost" });
    expect([rest.types.map(({ name }) => name), rest.hasMore]).toEqual([["pay"], false]);
    const one = await listHistoryTaskTypes({ store, results: null }, { ...QUESTION, name: "lost" });
    expect(one.types.map(({ name }) => name)).toEqual(["lost"]);
  });
});

function answer(registered: readonly string[], taskEvents: boolean | null): WorkerAnswers {
  return {
    ...{ pool: null, concurrency: null, prefetchCount: null, pid: null, maxRssBytes: null, queues: null },
    ...{ limits: null, softLimitSeconds: null, hardLimitSeconds: null, acceptContent: null },
    ...{ registered, taskEvents },
  };
}

function minute(name: string, at: number, of: { succeeded: number; failed: number; runtime: number }) {
  const numbers = new TaskNumbers();
  numbers.succeeded = of.succeeded;
  numbers.failed = of.failed;
  numbers.sketch("runtime").add(bucketOf(of.runtime), of.succeeded);
  return { of: "type" as const, name, at, part: 1, numbers };
}
