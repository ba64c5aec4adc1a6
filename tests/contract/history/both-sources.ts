import type { TaskRecord } from "@/lib/celery/task-record";
import { upsertTasks } from "@/lib/store/tasks";
import type { TableRow } from "../results/table-rows";
import { makeTask } from "../store/make-task";
import { type HistoryFixture, openHistoryFixture } from "./history-fixture";

const JSON_ENCODING = { content_type: "application/json", content_encoding: "utf-8" } as const;
const FAILED = `{"exc_type": "ValueError", "exc_message": ["password='hunter2' is wrong"], "exc_module": "shop.errors"}`;

/** A time in the minute that begins then, as Celery writes it. */
export function at(second: number): string {
  return `2026-03-01T10:00:${String(second).padStart(2, "0")}.000500+00:00`;
}

/** When the first of them began. */
export const SECOND_0 = Date.parse("2026-03-01T10:00:00Z");

const ROWS: readonly TableRow[] = [
  {
    ...JSON_ENCODING,
    task_id: "extended",
    status: "FAILURE",
    task_name: "shop.pay",
    worker: "a@box",
    task_args: `"(1, 'x')"`,
    task_kwargs: `"{'password': 'hunter2', 'to': 'bob'}"`,
    result: FAILED,
    traceback: `Traceback (most recent call last):\n  File "/srv/shop.py", line 3, in pay\n    login(password='hunter2')\nshop.errors.ValueError: password='hunter2' is wrong\n`,
    meta: `{"children": [[["child", ["extended", null]], null], [["group", null], [[["m1", null], null], [["m2", null], null]]]]}`,
    date_created: at(0),
    date_started: at(1),
    date_done: at(3),
  },
  {
    ...JSON_ENCODING,
    task_id: "bare",
    status: "FAILURE",
    result: FAILED,
    date_created: at(4),
    date_done: at(4),
  },
  {
    ...JSON_ENCODING,
    task_id: "bare-unknown",
    status: "SUCCESS",
    result: `"needle in result"`,
    date_done: at(5),
  },
  { ...JSON_ENCODING, task_id: "running", status: "STARTED", task_name: "shop.pay", date_done: at(6) },
  {
    ...JSON_ENCODING,
    task_id: "long",
    status: "SUCCESS",
    task_name: "shop.long",
    task_args: `[${JSON.stringify("y".repeat(40_000))}]`,
    task_kwargs: "{}",
    date_done: at(7),
  },
  {
    ...JSON_ENCODING,
    task_id: "never-ran",
    status: "FAILURE",
    task_name: "shop.step",
    task_args: `"(2,)"`,
    task_kwargs: "{}",
    result: `{"exc_type": "KeyError", "exc_message": ["of the step before"], "exc_module": "builtins"}`,
    date_done: at(8),
  },
];

const RECORDS: readonly TaskRecord[] = [
  makeTask({
    id: "extended",
    name: "other.name",
    state: "FAILURE",
    queue: "pay",
    retries: 2,
    exception: "ValueError(password='hunter2')",
    runtimeSeconds: 1.25,
    startedAt: SECOND_0 + 1_700,
    rootId: "root",
    parentId: "parent",
    attempts: [
      {
        worker: "a@box",
        receivedAt: 1,
        startedAt: 2,
        endedAt: 3,
        state: "RETRY",
        exception: "E(password='hunter2')",
      },
    ],
  }),
  makeTask({
    id: "bare",
    name: "shop.bare",
    worker: "b@box",
    state: "FAILURE",
    queue: "bulk",
    args: "('haystack',)",
    kwargs: "{'password': 'hunter2'}",
    exception: "KeyError('gone')",
    traceback: "Traceback …",
    runtimeSeconds: null,
    startedAt: null,
  }),
  makeTask({ id: "only-events", name: "shop.quiet", queue: "bulk", finishedAt: SECOND_0 + 8_000 }),
];

/** A result table and a store that know of some tasks both, of others alone; `extended` was sent again twice. */
export async function openBothSources(): Promise<HistoryFixture> {
  const fixture = await openHistoryFixture(ROWS);
  await upsertTasks(fixture.store, RECORDS);
  for (const [newId, after, claimedAt] of [
    ["again-1", "", 1],
    ["again-2", "again-1", 2],
  ] as const) {
    await fixture.store.client.$executeRaw`
      INSERT INTO redispatch (original_id, new_id, batch_id, after, claimed_at)
      VALUES ('extended', ${newId}, 'batch', ${after}, ${claimedAt})`;
  }
  await upsertTasks(fixture.store, [makeTask({ id: "again-2", state: "SUCCESS", finishedAt: 1 })]);
  return fixture;
}
