import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeRows, doneAtOf, taskIdOf } from "@/bench/history/bench-rows";
import { fillMysql } from "@/bench/history/databases/mysql";
import { fillPostgresql } from "@/bench/history/databases/postgresql";
import { fillSqlite } from "@/bench/history/databases/sqlite";
import { openResultTable } from "@/lib/results/open-result-table";
import {
  RESULT_SORTS,
  type ResultCursor,
  type ResultFilter,
  type ResultSort,
  type ResultTable,
} from "@/lib/results/results";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { createDjangoProject, type DatabasePlace, openDatabasePlace, PROVIDERS } from "./result-databases";

const COUNT = 3_000;
const ROWS = describeRows(COUNT, Date.parse("2026-06-01T00:00:00Z"));

/** Epoch microseconds of when row `n` was done, to the millisecond. */
function at(n: number): bigint {
  return BigInt(Date.parse(doneAtOf(ROWS, n))) * 1000n;
}

const FILTERS: readonly (readonly [string, ResultFilter])[] = [
  ["nothing", {}],
  ["a state", { states: ["FAILURE"] }],
  ["names and a state", { names: ["*.kind_0*"], states: ["FAILURE"], unstored: "with" }],
  [
    "names and a worker",
    { names: ["shop.tasks.kind_07", "shop.tasks.kind_11"], workers: ["worker-03@host"], unstored: "with" },
  ],
  ["workers and dates", { from: at(500), to: at(2_500), workers: ["worker-03@host", "gone@host"] }],
  ["a text of many", { text: "gatewayerror" }],
  ["a text of some", { text: "order-29" }],
  ["a text of none", { text: "no task holds this" }],
];

describe.each(PROVIDERS)("a search in bounded time on %s", (provider) => {
  let place: DatabasePlace;
  let table: ResultTable;

  beforeAll(async () => {
    place = await openDatabasePlace(provider);
    const url = await place.create("many");
    const project = await createDjangoProject(url);
    await project.stop();
    if (provider === "postgresql") await fillPostgresql(url, ROWS);
    else if (provider === "mysql") await fillMysql(url, ROWS);
    else await fillSqlite((await ensurePythonEnvironment("newest")).python, fileURLToPath(url), ROWS);
    table = openResultTable({ url });
  });

  afterAll(async () => {
    await table?.close();
    await place?.stop();
  });

  async function listAll(filter: ResultFilter, sort: ResultSort): Promise<string[]> {
    const { rows } = await table.list(filter, sort, COUNT, null);
    return rows.map(({ taskId }) => taskId);
  }

  /** All ids, page by page, and how many pages said that they did not look at everything. */
  async function searchAll(filter: ResultFilter, sort: ResultSort, from: ResultCursor | null = null) {
    const ids: string[] = [];
    let after = from;
    let short = 0;
    do {
      const request = { limit: 70, after, budgetMs: 0, withArgs: false };
      const page = await table.search(filter, sort, request);
      ids.push(...page.rows.map(({ taskId }) => taskId));
      if (page.slow !== null) short += 1;
      after = page.next;
    } while (after !== null);
    return { ids, short };
  }

  it.each(RESULT_SORTS.flatMap((sort) => FILTERS.map(([what, filter]) => [sort, what, filter] as const)))(
    "finds in the order %s what a list does, in pages: %s",
    async (sort, _what, filter) => {
      const expected = await listAll(filter, sort);
      const { ids, short } = await searchAll(filter, sort);
      if (sort === "finishedAt" || sort === "-finishedAt") expect(ids).toEqual(expected);
      // An order that could not be made of all is made of slabs, one after the other.
      else expect(ids.toSorted()).toEqual(expected.toSorted());
      if (filter.text !== undefined) expect(short).toBeGreaterThan(0);
    },
  );

  it("says how far it looked, and goes on there", async () => {
    const filter = { text: "no task holds this" };
    const first = await table.search(filter, "-finishedAt", { limit: 10, after: null, budgetMs: 0 });
    expect(first).toMatchObject({ rows: [], slow: "text", sortedSince: null });
    expect(first.searchedTo).toBeLessThan(at(COUNT));
    expect(first.searchedTo).toBeGreaterThan(at(1));
    const second = await table.search(filter, "-finishedAt", { limit: 10, after: first.next, budgetMs: 0 });
    expect(second.searchedTo).toBeLessThan(first.searchedTo ?? 0n);
  });

  it("sorts a slab of the newest rows, stays in it, and goes on with an older one", async () => {
    const start = { sort: "-runtime", value: null, rowId: "", slab: { since: null, until: null } } as const;
    const request = { limit: 70, after: start, budgetMs: 0 };
    const first = await table.search({}, "-runtime", request);
    expect(first).toMatchObject({ slow: "order", searchedTo: null });
    const slab = { from: first.sortedSince ?? 0n };
    const expected = await listAll(slab, "-runtime");
    expect(first.rows.map(({ taskId }) => taskId)).toEqual(expected.slice(0, 70));
    const { ids } = await searchAll({}, "-runtime", start);
    expect(ids.slice(0, expected.length)).toEqual(expected);
    expect(ids.toSorted()).toEqual((await listAll({}, "-runtime")).toSorted());
  });

  it("lists nothing twice where later pages take longer than the first ones did", async () => {
    const first = await table.list({}, "-runtime", 70, null);
    const { ids } = await searchAll({}, "-runtime", first.next);
    const shown = [...first.rows.map(({ taskId }) => taskId), ...ids];
    expect(shown.toSorted()).toEqual((await listAll({}, "-runtime")).toSorted());
  });

  it("finds a task by its whole id among texts", async () => {
    const id = taskIdOf(1_234);
    expect(await listAll({ text: id }, "-finishedAt")).toEqual([id]);
  });

  it.each(FILTERS)("counts exactly with time, and no more without: %s", async (_what, filter) => {
    const { length } = await listAll(filter, "-finishedAt");
    expect(await table.countWithin(filter, COUNT, 60_000)).toEqual({ count: length, exact: true });
    expect(await table.countWithin(filter, Number.POSITIVE_INFINITY, 60_000)).toEqual({
      count: length,
      exact: true,
    });
    const hurried = await table.countWithin(filter, COUNT, 0);
    expect(hurried.count).toBeLessThanOrEqual(length);
    if (length > 10) {
      expect(await table.countWithin(filter, 10, 60_000)).toEqual({ count: 10, exact: false });
    }
  });

  it("tells the database's own estimate, or none", async () => {
    const estimate = await table.estimate({ states: ["FAILURE"] });
    if (provider === "sqlite") expect(estimate).toBeNull();
    else expect(Math.abs((estimate ?? 0) - COUNT / 10)).toBeLessThan(COUNT / 10);
  });
});
