import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeRows, taskIdOf } from "@/bench/history/bench-rows";
import { fillSqlite } from "@/bench/history/databases/sqlite";
import { countTaskHistory } from "@/lib/history/count-task-history";
import { listTaskHistory } from "@/lib/history/list-task-history";
import { readHistoryQuery, type TaskFilterTexts } from "@/lib/history/read-history-query";
import { openResultTable } from "@/lib/results/open-result-table";
import type { ResultTable } from "@/lib/results/results";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { waitFor } from "@/tests/support/wait-for";
import { createDjangoProject } from "../results/result-databases";

/** More than a count that somebody waits for goes to. */
const COUNT = 100_500;

describe("a history of more than 100,000 tasks", () => {
  const folder = makeTempFolder("many");
  const url = `file:${folder}/results.sqlite3`;
  let sources: { results: ResultTable; store: Store };

  beforeAll(async () => {
    const project = await createDjangoProject(url);
    await project.stop();
    const { python } = await ensurePythonEnvironment("newest");
    await fillSqlite(python, fileURLToPath(url), describeRows(COUNT, Date.parse("2026-06-01T00:00:00Z")));
    sources = { results: openResultTable({ url }), store: await openStore(`file:${folder}/store.db`) };
  });

  afterAll(async () => {
    await Promise.all([sources?.results.close(), sources?.store.close()]);
    removeFolder(folder);
  });

  const list = (filter: TaskFilterTexts, cursor: string | null = null) =>
    listTaskHistory(sources, readHistoryQuery(filter, sources), { limit: 10, cursor, redact: [] });

  it("says first that there are more than it counted, and how many as soon as it knows", async () => {
    const count = () => countTaskHistory(sources, readHistoryQuery({}, sources));
    expect(await count()).toEqual({ count: 100_000, exact: false, isCounting: true });
    await waitFor(async () => (await count()).exact, { what: "the exact count" });
    expect(await count()).toEqual({ count: COUNT, exact: true });
  });

  it("finds a task by its whole id at once, and what holds the id as text on the next page", async () => {
    const id = taskIdOf(77);
    const first = await list({ q: id });
    expect(first).toMatchObject({ tasks: [{ id }], slow: null, searchedBackTo: null });
    expect(first.nextCursor).not.toBeNull();
    const second = await list({ q: id }, first.nextCursor);
    expect(second.tasks).toEqual([]);
  });

  it("leaves out a task of that id which the other filters leave out", async () => {
    const { tasks } = await list({ q: taskIdOf(77), state: ["REVOKED"] });
    expect(tasks).toEqual([]);
  });

  it("lists by name a page of each name in turn", async () => {
    const { tasks, sortedSince } = await list({ sort: "name" });
    expect(new Set(tasks.map(({ name }) => name))).toEqual(new Set(["shop.tasks.kind_00"]));
    expect(sortedSince).toBeNull();
    const ends = tasks.map(({ finishedAt }) => finishedAt ?? 0);
    expect(ends).toEqual(ends.toSorted((a, b) => b - a));
  });
});
