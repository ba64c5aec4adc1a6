import { beforeAll, describe, expect, test } from "vitest";
import type { TaskRecord } from "@/lib/celery/task-record";
import { beginTaskSlice } from "@/lib/store/begin-slice";
import type { Store } from "@/lib/store/store";
import type { StoredTaskCursor, StoredTaskFilter, StoredTaskSort } from "@/lib/store/task-query";
import { STORED_TASK_SORTS } from "@/lib/store/task-query";
import { toSortAt } from "@/lib/store/task-row";
import { countTasks, listTasks, listTasksById, upsertTasks } from "@/lib/store/tasks";
import { getUsualRuntimes } from "@/lib/store/usual-runtimes";
import { createRandom } from "@/tests/support/create-random";
import { makeTask } from "./make-task";
import { STORE_DATABASES, withStore } from "./open-stores";

const T = 1_795_000_000_000;
const TASKS = 100;
const SPAN_MS = 60;

const FILTERS: readonly StoredTaskFilter[] = [
  {},
  { states: ["FAILURE"] },
  { states: ["FAILURE", "STARTED"] },
  { names: ["b"] },
  { names: ["a*"], states: ["SUCCESS"] },
  { workers: ["w1"] },
  { from: T + 15, to: T + 42 },
  { from: T + 15, to: T + 16, queues: ["q1"] },
  { to: T + 7, text: "needle" },
  { from: T + 59 },
  { from: T + 9, to: T + 9 },
];

/** Tasks in six slices and among the unfinished, against the same tasks in an array. */
describe.each(STORE_DATABASES)("tasks in slices on %s", (_provider, start) => {
  const tasks = makeTasks();
  let store: Store;
  withStore(start, (opened) => {
    store = opened;
  });
  beforeAll(async () => {
    await upsertTasks(store, tasks.slice(0, TASKS / 2));
    for (const at of [9, 15, 16, 30, 50]) await beginTaskSlice(store, T + at, T);
    await upsertTasks(store, tasks.slice(TASKS / 2));
  });

  test.each(STORED_TASK_SORTS)("are listed as if they were in one table, by %s", async (sort) => {
    for (const filter of FILTERS) {
      const expected = tasks
        .filter((task) => matches(task, filter))
        .sort((one, other) => compare(one, other, sort))
        .map(({ id }) => id);
      for (const limit of [7, 200]) {
        expect({ filter, limit, ids: await listIds(filter, sort, limit) }).toEqual({
          filter,
          limit,
          ids: expected,
        });
      }
    }
  });

  test("are counted as if they were in one table", async () => {
    for (const filter of FILTERS) {
      const count = tasks.filter((task) => matches(task, filter)).length;
      expect({ filter, ...(await countTasks(store, filter, 500)) }).toEqual({ filter, count, exact: true });
      const capped = { filter, count: Math.min(count, 5), exact: count <= 5 };
      expect({ filter, ...(await countTasks(store, filter, 5)) }).toEqual(capped);
    }
  });

  test("are found by their ids", async () => {
    const found = await listTasksById(store, [...tasks.map(({ id }) => id), "none"]);
    expect(new Map([...found].sort())).toEqual(new Map(tasks.map((task) => [task.id, task] as const).sort()));
  });

  test("tell how long those of a name usually take", async () => {
    const seconds = tasks
      .filter(({ name, state }) => name === "b" && state === "SUCCESS")
      .flatMap(({ runtimeSeconds }) => (runtimeSeconds === null ? [] : [runtimeSeconds]))
      .sort((one, other) => one - other);
    const p99 = seconds[Math.ceil(seconds.length * 0.99) - 1];
    expect(await getUsualRuntimes(store, ["b", "none"])).toEqual(
      new Map([["b", { runs: seconds.length, p99 }]]),
    );
  });

  async function listIds(filter: StoredTaskFilter, sort: StoredTaskSort, limit: number): Promise<string[]> {
    const ids: string[] = [];
    let after: StoredTaskCursor | null = null;
    do {
      const page = await listTasks(store, filter, sort, limit, after);
      ids.push(...page.tasks.map(({ id }) => id));
      after = page.next;
    } while (after !== null && ids.length <= TASKS);
    return ids;
  }
});

/** With many ties: ends within 60 ms, four names, three runtimes. */
function makeTasks(): readonly TaskRecord[] {
  const random = createRandom(16);
  const pick = <T>(...values: T[]): T => values[Math.floor(random() * values.length)] as T; // It is below the length.
  return Array.from({ length: TASKS }, (_, index) => {
    const state = pick("SUCCESS", "SUCCESS", "FAILURE", "STARTED");
    const at = T + Math.floor(random() * SPAN_MS);
    return makeTask({
      id: `t${index}`,
      ...{ state, stateAt: at, finishedAt: state === "STARTED" ? null : at },
      ...{ name: pick("a", "ab", "b", null), worker: pick("w1", "w2"), queue: pick("q1", "q2", null) },
      runtimeSeconds: state === "STARTED" ? null : pick(0.5, 2, null),
      args: pick("(1,)", "('a NEEDLE',)"),
    });
  });
}

function matches(task: TaskRecord, filter: StoredTaskFilter): boolean {
  const { states, names, workers, queues, from = 0, to = 1e15, text } = filter;
  const ranged = filter.from !== undefined || filter.to !== undefined;
  const name = task.name ?? "";
  return (
    (states?.includes(task.state) ?? true) &&
    (names?.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name)) ?? true) &&
    (workers?.includes(task.worker ?? "") ?? true) &&
    (queues?.includes(task.queue ?? "") ?? true) &&
    (!ranged || (task.finishedAt !== null && task.finishedAt >= from && task.finishedAt < to)) &&
    (text === undefined || (task.args ?? "").toLowerCase().includes(text))
  );
}

function compare(one: TaskRecord, other: TaskRecord, sort: StoredTaskSort): number {
  const newer = toSortAt(other) - toSortAt(one) || (one.id < other.id ? 1 : -1);
  if (sort === "-finishedAt") return newer;
  if (sort === "finishedAt") return -newer;
  if (sort === "name") {
    const [name, otherName] = [one.name ?? "", other.name ?? ""];
    return name === otherName ? newer : name < otherName ? -1 : 1;
  }
  return (other.runtimeSeconds ?? -1) - (one.runtimeSeconds ?? -1) || (one.id < other.id ? 1 : -1);
}
