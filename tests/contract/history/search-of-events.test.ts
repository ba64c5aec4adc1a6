import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countTaskHistory } from "@/lib/history/count-task-history";
import { listTaskHistory } from "@/lib/history/list-task-history";
import { readHistoryQuery, type TaskFilterTexts } from "@/lib/history/read-history-query";
import { upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "../store/make-task";
import { type HistoryFixture, openHistoryFixture } from "./history-fixture";

/** Time is a bound of its own, which a busy machine comes to before 5,000 rows. */
const UNHURRIED_MS = 60_000;
const SECOND_0 = Date.parse("2026-03-01T10:00:00Z");

describe("a search for what only events know", () => {
  const MANY = 5_600;
  let fixture: HistoryFixture;

  beforeAll(async () => {
    fixture = await openHistoryFixture(
      Array.from({ length: MANY }, (_, index) => ({
        task_id: `t${index}`,
        status: "SUCCESS",
        date_done: new Date(SECOND_0 + index * 1_000).toISOString().replace("Z", "+00:00"),
      })),
    );
    await upsertTasks(fixture.store, [
      makeTask({ id: "t0", queue: "rare", name: "rare.task" }),
      makeTask({ id: `t${MANY - 1}`, queue: "rare", name: "rare.task" }),
    ]);
  });

  afterAll(() => fixture?.stop());

  it.each<TaskFilterTexts>([{ queue: ["rare"] }, { name: ["rare.*"] }])(
    "looks at 5,000 rows a page, says how far back it came, and goes on: %j",
    async (filter) => {
      const query = readHistoryQuery(filter, fixture);
      const request = { limit: 10, redact: [], budgetMs: UNHURRIED_MS };
      const first = await listTaskHistory(fixture, query, { ...request, cursor: null });
      expect(first.tasks.map(({ id }) => id)).toEqual([`t${MANY - 1}`]);
      expect(first.searchedBackTo).toBeGreaterThan(SECOND_0);
      expect(first.searchedBackTo).toBeLessThanOrEqual(SECOND_0 + (MANY - 5_000) * 1_000);
      expect(first.nextCursor).not.toBeNull();
      const second = await listTaskHistory(fixture, query, { ...request, cursor: first.nextCursor });
      expect(second).toMatchObject({ tasks: [{ id: "t0" }], nextCursor: null, searchedBackTo: null });
      expect(await countTaskHistory(fixture, query)).toEqual({ count: 1, exact: false });
    },
  );
});
