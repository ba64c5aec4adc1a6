import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { listTaskTypeQueues, listTaskTypes, noteTaskTypes } from "@/lib/store/task-types";
import { upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "./make-task";
import { STORE_DATABASES, type StoreDatabase } from "./open-stores";

const T = 1_795_000_000_000;

describe.each(STORE_DATABASES)("task types on %s", (_provider, start) => {
  let database: StoreDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await start();
    store = await openStore(await database.createUrl());
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  test("remember where a name was last seen to go, whatever the order of the news", async () => {
    await noteTaskTypes(store, [
      { name: "pay", queue: "new", at: T + 5 },
      { name: "pay", queue: "old", at: T },
      { name: "pay", queue: null, at: T + 9 },
      { name: "mail", queue: null, at: T },
    ]);
    expect(await listTaskTypeQueues(store, ["pay", "mail", "none"])).toEqual(new Map([["pay", "new"]]));
    await noteTaskTypes(store, [{ name: "pay", queue: "older", at: T + 1 }]);
    expect(await listTaskTypeQueues(store, ["pay"])).toEqual(new Map([["pay", "new"]]));
    await noteTaskTypes(store, [{ name: "pay", queue: "newest", at: T + 10 }]);
    expect(await listTaskTypeQueues(store, ["pay"])).toEqual(new Map([["pay", "newest"]]));
  });

  test("count states and take percentiles by nearest rank", async () => {
    await noteTaskTypes(store, [{ name: "report", queue: "reports", at: T + 7 }]);
    await upsertTasks(store, [
      ...Array.from({ length: 100 }, (_, index) =>
        makeTask({
          id: `r${index}`,
          name: "report",
          runtimeSeconds: (100 - index) / 10,
          finishedAt: T + index,
        }),
      ),
      ...["f1", "f2", "f3", "f4", "f5"].map((id) =>
        makeTask({ id, name: "report", state: "FAILURE", runtimeSeconds: null, finishedAt: T }),
      ),
      makeTask({ id: "again", name: "report", state: "RETRY", finishedAt: null, stateAt: T }),
      makeTask({ id: "single", name: "pay", runtimeSeconds: 3, finishedAt: T }),
    ]);
    const types = await listTaskTypes(store);
    expect(types.map((type) => type.name)).toEqual(["mail", "pay", "report"]);
    expect(types[2]).toEqual({
      name: "report",
      lastSeenAt: T + 7,
      lastQueue: "reports",
      counts: { SUCCESS: 100, FAILURE: 5, RETRY: 1 },
      runtime: { p50: 5, p95: 9.5, p99: 9.9 },
      failureRate: 5 / 105,
    });
    expect(types[1]?.runtime).toEqual({ p50: 3, p95: 3, p99: 3 });
    expect(types[0]).toMatchObject({
      counts: { SUCCESS: 0, FAILURE: 0, RETRY: 0 },
      runtime: { p50: null, p95: null, p99: null },
      failureRate: null,
    });
  });

  test("count only what ended since, and page by name", async () => {
    const since = await listTaskTypes(store, { since: T + 99, afterName: "mail", limit: 2 });
    expect(since.map(({ name, counts }) => [name, counts.SUCCESS])).toEqual([
      ["pay", 0],
      ["report", 1],
    ]);
  });
});
