import { describe, expect, test } from "vitest";
import { beginTaskSlice } from "@/lib/store/begin-slice";
import { dropOldestSlice } from "@/lib/store/drop-slice";
import { readTaskTables } from "@/lib/store/read-task-tables";
import { rawSql, sql } from "@/lib/store/sql";
import type { Store } from "@/lib/store/store";
import type { StoredTaskCursor } from "@/lib/store/task-query";
import { listTaskSlices, listTaskTables, type TaskTable, unionTables } from "@/lib/store/task-tables";
import { countTasks, getTask, listTasks, upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "./make-task";
import { STORE_DATABASES, withStoreEach } from "./open-stores";

const T = 1_795_000_000_000;

describe.each(STORE_DATABASES)("slices on %s", (_provider, start) => {
  let store: Store;
  withStoreEach(start, (opened) => {
    store = opened;
  });

  const runs = (id: string, stateAt = T) => makeTask({ id, state: "STARTED", finishedAt: null, stateAt });
  const ended = (id: string, finishedAt: number) => makeTask({ id, finishedAt });
  const begin = (at: number) => beginTaskSlice(store, at, T);

  /** Table → the ids in it. */
  async function listPlaces(): Promise<Record<string, string[]>> {
    const places: Record<string, string[]> = {};
    for (const { name } of await listTaskTables(store)) {
      const rows = await store.client.$queryRaw<{ id: string }[]>(
        sql`SELECT id FROM ${rawSql(name)} ORDER BY id`,
      );
      places[name] = rows.map(({ id }) => id);
    }
    return places;
  }

  test("a new store has one, for all times; each that begins takes the times from there on", async () => {
    const ranges = async () => (await listTaskSlices(store)).map(({ id, from, until }) => [id, from, until]);
    expect(await ranges()).toEqual([[1, Number.NEGATIVE_INFINITY, 1e15]]);
    expect(await begin(T)).toBe(true);
    expect(await begin(T + 10)).toBe(true);
    expect(await begin(T + 10)).toBe(false);
    expect(await begin(T + 9)).toBe(false);
    expect(await ranges()).toEqual([
      [3, T + 10, 1e15],
      [2, T, T + 10],
      [1, Number.NEGATIVE_INFINITY, T],
    ]);
  });

  test("a task is in the slice of its end, to the millisecond, and apart while it runs", async () => {
    await begin(T);
    await begin(T + 10);
    const times = { ages: 1, before: T - 1, at: T, last: T + 9, next: T + 10, ahead: T + 9e9 };
    await upsertTasks(store, [
      runs("runs"),
      ...Object.entries(times).map(([id, finishedAt]) => ended(id, finishedAt)),
    ]);
    expect(await listPlaces()).toEqual({
      task_open: ["runs"],
      task_slice_3: ["ahead", "next"],
      task_slice_2: ["at", "last"],
      task_slice_1: ["ages", "before"],
    });
  });

  test("a task moves with its state and its end, and is never there twice", async () => {
    await begin(T);
    await upsertTasks(store, [runs("moves")]);
    expect(await listPlaces()).toEqual({ task_open: ["moves"], task_slice_2: [], task_slice_1: [] });
    await upsertTasks(store, [ended("moves", T + 5)]);
    expect(await listPlaces()).toEqual({ task_open: [], task_slice_2: ["moves"], task_slice_1: [] });
    await upsertTasks(store, [makeTask({ id: "moves", state: "RETRY", finishedAt: null, stateAt: T + 6 })]);
    expect(await listPlaces()).toEqual({ task_open: ["moves"], task_slice_2: [], task_slice_1: [] });
    await upsertTasks(store, [ended("moves", T + 7)]);
    expect(await listPlaces()).toEqual({ task_open: [], task_slice_2: ["moves"], task_slice_1: [] });
    await upsertTasks(store, [ended("moves", T - 7)]);
    expect(await listPlaces()).toEqual({ task_open: [], task_slice_2: [], task_slice_1: ["moves"] });
    expect(await getTask(store, "moves")).toEqual(ended("moves", T - 7));
    expect(await countTasks(store, {}, 10)).toEqual({ count: 1, exact: true });
  });

  test("what ended later than a cut, by a clock that is ahead, moves into the new slice", async () => {
    const tasks = [ended("before", T - 1), ended("at", T), ended("ahead", T + 60_000), runs("runs")];
    await upsertTasks(store, tasks);
    await begin(T);
    expect(await listPlaces()).toEqual({
      task_open: ["runs"],
      task_slice_2: ["ahead", "at"],
      task_slice_1: ["before"],
    });
    for (const task of tasks) expect(await getTask(store, task.id)).toEqual(task);
  });

  test("a slice that begins between two pages loses and doubles nothing", async () => {
    const tasks = Array.from({ length: 20 }, (_, index) => ended(`t${index}`, T + index));
    await upsertTasks(store, tasks);
    for (const sort of ["-finishedAt", "finishedAt", "name", "-runtime"] as const) {
      const ids: string[] = [];
      let after: StoredTaskCursor | null = null;
      for (let page = 0; page === 0 || after !== null; page++) {
        const { tasks: some, next } = await listTasks(store, {}, sort, 3, after);
        ids.push(...some.map(({ id }) => id));
        after = next;
        const [newest] = await listTaskSlices(store);
        if (page % 2 === 0) await begin(Math.max(T, newest?.from ?? T) + 2);
      }
      expect([...ids].sort()).toEqual(tasks.map(({ id }) => id).sort());
    }
    expect((await listTaskSlices(store)).length).toBeGreaterThan(10);
  });

  test("the oldest is dropped with all that it holds, and the next one takes over its times", async () => {
    await begin(T);
    await begin(T + 10);
    await upsertTasks(store, [ended("oldest", T - 1), ended("old", T), ended("new", T + 10), runs("runs")]);
    const [newest, middle, oldest] = await listTaskSlices(store);
    if (!newest || !middle || !oldest) throw new Error("there are three slices");
    expect(await dropOldestSlice(store, middle)).toBe(false);
    expect(await dropOldestSlice(store, oldest)).toBe(true);
    expect(await dropOldestSlice(store, oldest)).toBe(false);
    await upsertTasks(store, [ended("late", T - 5)]);
    expect(await listPlaces()).toEqual({
      task_open: ["runs"],
      task_slice_3: ["new"],
      task_slice_2: ["late", "old"],
    });
    expect(await dropOldestSlice(store, middle)).toBe(true);
    expect(await dropOldestSlice(store, newest)).toBe(false);
    expect(await listPlaces()).toEqual({ task_open: ["runs"], task_slice_3: ["new"] });
  });

  test("whoever reads while a slice is dropped, or begins, reads once more", async () => {
    await begin(T);
    await upsertTasks(store, [ended("old", T - 1), ended("new", T + 20)]);
    const [newest, oldest] = await listTaskSlices(store);
    if (!newest || !oldest) throw new Error("there are two slices");
    const change = [() => dropOldestSlice(store, oldest), () => begin(T + 10)];
    const seen: string[][] = [];
    const read = async (tables: readonly TaskTable[]) => {
      await change.shift()?.();
      const ids = unionTables(tables, (table) => sql`SELECT id FROM ${table}`);
      const rows = await store.client.$queryRaw<{ id: string }[]>(sql`SELECT id FROM (${ids}) AS t`);
      seen.push(rows.map(({ id }) => id));
      return rows.map(({ id }) => id);
    };
    expect(await readTaskTables(store, read)).toEqual(["new"]);
    // The first look met no table; the second was made of a table whose rows had moved; the third counts.
    expect(seen).toEqual([[], ["new"]]);
  });

  test("of two rows of one task the newest is its record", async () => {
    await begin(T);
    await upsertTasks(store, [ended("twice", T - 1)]);
    // As after a delivery so late that nobody looked for the old row.
    await store.client.$executeRaw`INSERT INTO task_slice_2 SELECT * FROM task_slice_1`;
    await store.client.$executeRaw`UPDATE task_slice_2 SET sort_at = ${T + 1}, finished_at = ${T + 1}`;
    expect((await getTask(store, "twice"))?.finishedAt).toBe(T + 1);
    await store.client.$executeRaw`INSERT INTO task_open SELECT * FROM task_slice_2`;
    await store.client.$executeRaw`UPDATE task_open SET state = 'STARTED'`;
    expect((await getTask(store, "twice"))?.state).toBe("STARTED");
  });

  test("writers and whoever begins slices wait for each other", async () => {
    const write = async (from: number) => {
      for (let index = 0; index < 10; index++)
        await upsertTasks(store, [ended(`t${from + index}`, T + index)]);
    };
    const cut = async () => {
      for (let index = 1; index < 10; index++) await begin(T + index);
    };
    await Promise.all([write(0), write(10), cut()]);
    const slice = (index: number) => [`t${index}`, `t${10 + index}`].sort();
    expect(await listPlaces()).toEqual({
      task_open: [],
      ...Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [`task_slice_${index + 1}`, slice(index)]),
      ),
    });
  });
});
