import { beforeEach, describe, expect, test } from "vitest";
import type { TaskRecord } from "@/lib/celery/task-record";
import type { Store } from "@/lib/store/store";
import type { StoredTaskCursor, StoredTaskFilter, StoredTaskSort } from "@/lib/store/task-query";
import {
  countTasks,
  getTask,
  listTasks,
  listTasksById,
  type StoredTaskPage,
  upsertTasks,
} from "@/lib/store/tasks";
import { deleteUnfinishedBefore } from "@/lib/store/unfinished-tasks";
import { clearTasks } from "./clear-tasks";
import { makeTask } from "./make-task";
import { STORE_DATABASES, withStore } from "./open-stores";

const T = 1_795_000_000_000;

describe.each(STORE_DATABASES)("tasks on %s", (_provider, start) => {
  let store: Store;
  withStore(start, (opened) => {
    store = opened;
  });
  beforeEach(() => clearTasks(store));

  /** The ids of all pages of three, so that every page ends within a tie or a gap somewhere. */
  async function listIds(filter: StoredTaskFilter, sort: StoredTaskSort = "-finishedAt"): Promise<string[]> {
    const ids: string[] = [];
    let after: StoredTaskCursor | null = null;
    do {
      const page: StoredTaskPage = await listTasks(store, filter, sort, 3, after);
      ids.push(...page.tasks.map((task) => task.id));
      after = page.next;
    } while (after !== null && ids.length < 1_000);
    return ids;
  }

  test("gives back every field as it was written", async () => {
    const full: TaskRecord = makeTask({
      id: "full",
      state: "FAILURE",
      exception: "ValueError('snow ☃')",
      traceback: "Traceback…\n".repeat(1000),
      retries: 3,
      eta: "2026-11-22T06:50:44.962213+00:00",
      expires: "2026-11-22T06:51:00+00:00",
      parentId: "parent",
      runtimeSeconds: 0.1 + 0.2,
      clock: 2 ** 53 - 1,
      attempts: [
        { worker: "a@b", receivedAt: 1, startedAt: null, endedAt: 2, state: "RETRY", exception: "E('x')" },
      ],
    });
    const bare: TaskRecord = {
      ...Object.fromEntries(Object.keys(full).map((key) => [key, null])),
      ...{ id: "bare", state: "PENDING", stateAt: T, attempts: [] },
    } as unknown as TaskRecord; // Every other field of a record may be null.
    await upsertTasks(store, [full, bare]);
    expect(await getTask(store, "full")).toEqual(full);
    expect(await getTask(store, "bare")).toEqual(bare);
    expect(await getTask(store, "absent")).toBeNull();
  });

  test("writes over what was there; of two with one id in a batch the later counts", async () => {
    await upsertTasks(store, [makeTask({ id: "a", state: "STARTED", finishedAt: null })]);
    await upsertTasks(store, [
      makeTask({ id: "a", state: "RETRY" }),
      makeTask({ id: "a", state: "FAILURE" }),
    ]);
    expect((await getTask(store, "a"))?.state).toBe("FAILURE");
    expect(await countTasks(store, {}, 10)).toEqual({ count: 1, exact: true });
  });

  test("stores what a database refuses (NUL, lone surrogates) as U+FFFD", async () => {
    await upsertTasks(store, [makeTask({ id: "odd", args: "a\0b\uD800c", kwargs: "😀 \\u0000 \\" })]);
    expect(await getTask(store, "odd")).toMatchObject({ args: "a\uFFFDb\uFFFDc", kwargs: "😀 \\u0000 \\" });
  });

  test("writes and finds 10,000 at once", async () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `t${index}`);
    await upsertTasks(
      store,
      ids.map((id, index) => makeTask({ id, finishedAt: T + index })),
    );
    expect((await listTasksById(store, [...ids, ...["no", "nor this"]].slice(2))).size).toBe(9_998);
    expect(await countTasks(store, {}, 5_000)).toEqual({ count: 5_000, exact: false });
    expect(await countTasks(store, {}, 10_000)).toEqual({ count: 10_000, exact: true });
    expect(await countTasks(store, { text: "nowhere" }, 10_000)).toEqual({ count: 0, exact: true });
    expect(await countTasks(store, { workers: ["mail@box"] }, 20_000)).toEqual({
      count: 10_000,
      exact: true,
    });
  });

  test("orders by time with unfinished tasks as the newest, and keeps ties together over pages", async () => {
    await upsertTasks(store, [
      makeTask({ id: "old", finishedAt: T }),
      ...["tie1", "tie2", "tie3", "tie4"].map((id) => makeTask({ id, finishedAt: T + 1 })),
      makeTask({ id: "new", finishedAt: T + 2 }),
      makeTask({ id: "runs", state: "STARTED", finishedAt: null, stateAt: T - 500 }),
      makeTask({ id: "waits", state: "PENDING", finishedAt: null, stateAt: T + 500 }),
    ]);
    const newestFirst = ["waits", "runs", "new", "tie4", "tie3", "tie2", "tie1", "old"];
    expect(await listIds({})).toEqual(newestFirst);
    expect(await listIds({}, "finishedAt")).toEqual([...newestFirst].reverse());
    expect(await listIds({ workers: ["mail@box"] })).toEqual(newestFirst);
  });

  test("orders by runtime, the unknown last, and by name, then newest first", async () => {
    await upsertTasks(store, [
      makeTask({ id: "1", runtimeSeconds: 0.30000000000000004, name: "b" }),
      makeTask({ id: "2", runtimeSeconds: 0.3, name: "a", finishedAt: T }),
      makeTask({ id: "3", runtimeSeconds: null, name: "B" }),
      makeTask({ id: "4", runtimeSeconds: 12, name: null }),
      makeTask({ id: "5", runtimeSeconds: 0.3, name: "a", finishedAt: T + 1 }),
      makeTask({ id: "6", runtimeSeconds: 0, name: "é" }),
    ]);
    expect(await listIds({}, "-runtime")).toEqual(["4", "1", "5", "2", "6", "3"]);
    expect(await listIds({ queues: ["mail"] }, "-runtime")).toEqual(["4", "1", "5", "2", "6", "3"]);
    expect(await listIds({}, "name")).toEqual(["4", "3", "5", "2", "1", "6"]);
    expect(await listIds({ names: ["a"] }, "name")).toEqual(["5", "2"]);
  });

  test("filters, half-open on the finish time to the millisecond", async () => {
    await upsertTasks(store, [
      makeTask({ id: "before", finishedAt: T - 1 }),
      makeTask({ id: "from", finishedAt: T }),
      makeTask({ id: "last", finishedAt: T + 9 }),
      makeTask({ id: "to", finishedAt: T + 10 }),
      makeTask({ id: "running", state: "STARTED", finishedAt: null, stateAt: T + 5 }),
    ]);
    expect(await listIds({ from: T, to: T + 10 })).toEqual(["last", "from"]);
    expect(await listIds({ from: T })).toEqual(["to", "last", "from"]);
    expect(await listIds({ to: T })).toEqual(["before"]);
    expect(await listIds({ states: ["STARTED"] })).toEqual(["running"]);
    expect(await listIds({ states: ["STARTED", "SUCCESS"], from: T + 10 })).toEqual(["to"]);
    expect(await countTasks(store, { from: T, to: T + 10 }, 100)).toEqual({ count: 2, exact: true });
  });

  test("matches names with * only, whatever else they hold", async () => {
    const names = [
      "shop.tasks.pay",
      "shop.tasks.pay_all",
      "shop.mail",
      "Shop.tasks.pay",
      "a[1]?",
      "a%b",
      "a\\b",
      "aXb",
    ];
    await upsertTasks(
      store,
      names.map((name, index) => makeTask({ id: name, name, finishedAt: T - index })),
    );
    expect(await listIds({ names: ["shop.tasks.*"] })).toEqual(["shop.tasks.pay", "shop.tasks.pay_all"]);
    expect(await listIds({ names: ["*pay"] })).toEqual(["shop.tasks.pay", "Shop.tasks.pay"]);
    expect(await listIds({ names: ["shop.tasks.pay", "shop.mail"] })).toEqual([
      "shop.tasks.pay",
      "shop.mail",
    ]);
    expect(await listIds({ names: ["a[1]?", "a_b", "x*"] })).toEqual(["a[1]?"]);
    expect(await listIds({ names: ["a%b"] })).toEqual(["a%b"]);
    expect(await listIds({ names: ["a%*"] })).toEqual(["a%b"]);
    expect(await listIds({ names: ["a\\*"] })).toEqual(["a\\b"]);
    expect(await listIds({ names: ["*"] })).toHaveLength(names.length);
  });

  test("finds text in args, kwargs, result and exception, in either case, with no wildcards", async () => {
    await upsertTasks(store, [
      makeTask({ id: "args", args: "('Order-4711',)", finishedAt: T + 4 }),
      makeTask({ id: "kwargs", kwargs: "{'order': 'order-4711'}", finishedAt: T + 3 }),
      makeTask({ id: "result", result: "'ORDER-4711'", finishedAt: T + 2 }),
      makeTask({ id: "exception", exception: "Gone('order-4711')", finishedAt: T + 1 }),
      makeTask({ id: "other", traceback: "order-4711", args: "order_4711", result: null, kwargs: null }),
    ]);
    expect(await listIds({ text: "order-4711" })).toEqual(["args", "kwargs", "result", "exception"]);
    expect(await listIds({ text: "r_4" })).toEqual(["other"]);
    expect(await listIds({ text: "%%%" })).toEqual([]);
    expect(await listIds({ text: "order-4711", queues: ["none"] })).toEqual([]);
  });

  test("looks through windows of rows without losing or doubling any", async () => {
    const records = Array.from({ length: 4_500 }, (_, index) =>
      makeTask({ id: `t${index}`, finishedAt: T + Math.floor(index / 7), worker: index % 900 ? "w1" : "w2" }),
    );
    await upsertTasks(store, records);
    expect([...(await listIds({ workers: ["w2"] }))].sort()).toEqual([
      "t0",
      "t1800",
      "t2700",
      "t3600",
      "t900",
    ]);
    expect(await countTasks(store, { workers: ["w1"] }, 100_000)).toEqual({ count: 4_495, exact: true });
    expect(await countTasks(store, { workers: ["w1"] }, 4_494)).toEqual({ count: 4_494, exact: false });
    await upsertTasks(store, [makeTask({ id: "lost", state: "REVOKED" })]);
    const states = ["SUCCESS", "REVOKED", "SUCCESS"];
    expect(await countTasks(store, { states }, 100_000)).toEqual({ count: 4_501, exact: true });
    expect(await countTasks(store, { states }, 4_500)).toEqual({ count: 4_500, exact: false });
    expect(await countTasks(store, { states, workers: ["w2"] }, 10)).toEqual({ count: 5, exact: true });
  });

  test("deletes old tasks that have not ended, in bounded steps", async () => {
    const lost = { state: "PENDING", finishedAt: null, stateAt: T - 1 };
    await upsertTasks(store, [
      ...Array.from({ length: 5 }, (_, index) => makeTask({ id: `lost${index}`, ...lost })),
      makeTask({ id: "ended", finishedAt: T - 1 }),
      makeTask({ id: "waits", state: "PENDING", finishedAt: null, stateAt: T }),
    ]);
    expect(await deleteUnfinishedBefore(store, T, 4)).toBe(4);
    expect(await deleteUnfinishedBefore(store, T, 4)).toBe(1);
    expect(await deleteUnfinishedBefore(store, T, 4)).toBe(0);
    expect(await listIds({})).toEqual(["waits", "ended"]);
  });
});
