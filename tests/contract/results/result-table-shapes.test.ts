import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openResultTable } from "@/lib/results/open-result-table";
import { LIST_TEXT_CHARS, type ResultTable } from "@/lib/results/results";
import { waitFor } from "@/tests/support/wait-for";
import {
  createDjangoProject,
  type DatabasePlace,
  migrateBackTo,
  openDatabasePlace,
  PROVIDERS,
  writeRows,
} from "./result-databases";
import { TABLE_ROWS } from "./table-rows";

const HUGE = 10 * 1024 * 1024;
/** The last migration of django-celery-results 2.0. */
const RELEASE_2_0 = "0008_chordcounter";

describe.each(PROVIDERS)("what a result table on %s may hold", (provider) => {
  let place: DatabasePlace;
  const open: ResultTable[] = [];

  beforeAll(async () => {
    place = await openDatabasePlace(provider);
  });

  afterAll(async () => {
    await Promise.all(open.map((table) => table.close()));
    await place?.stop();
  });

  function openTable(url: string): ResultTable {
    const table = openResultTable({ url });
    open.push(table);
    return table;
  }

  it("gives a row with every column, and one with none of the optional ones", async () => {
    const url = await place.create("details");
    const project = await createDjangoProject(url);
    await writeRows(
      project,
      TABLE_ROWS.filter(
        ({ task_id }) => task_id === "texts" || task_id === "ran-2s" || task_id === "unnamed",
      ),
    );
    await project.stop();
    const table = openTable(url);
    expect(await table.get("texts")).toEqual({
      rowId: 3n,
      taskId: "texts",
      status: "FAILURE",
      name: "text.search",
      worker: "text@host",
      args: `"('it\\\\'s 100% _sure_', 'Stra\\u00dfe')"`,
      kwargs: `"{'Path': 'C:\\\\\\\\temp'}"`,
      textLength: 39,
      contentType: "",
      contentEncoding: "",
      createdAt: 1_772_370_000_000_001n,
      startedAt: null,
      doneAt: 1_772_370_000_123_456n,
      periodicTaskName: "nightly",
      result: `{"exc_type": "ValueError", "exc_message": ["R\\u00c9SUM\\u00c9 lost"], "exc_module": "builtins"}`,
      traceback: "Traceback (most recent call last):\nValueError: ÉCLAIR !important\n",
      error: null,
      meta: `{"children": []}`,
    });
    expect(await table.get("ran-2s")).toMatchObject({
      createdAt: 1_772_366_400_000_000n,
      startedAt: 1_772_366_400_250_001n,
      doneAt: 1_772_366_402_250_000n,
    });
    expect(await table.get("unnamed")).toMatchObject({
      name: null,
      worker: null,
      args: null,
      kwargs: null,
      textLength: 0,
      result: null,
      traceback: null,
      periodicTaskName: null,
      error: null,
    });
    expect(await table.get("TEXTS")).toBeNull();
    expect((await table.listArgs(["ran-2s", "nobody", "texts"])).map(({ taskId }) => taskId).sort()).toEqual([
      "ran-2s",
      "texts",
    ]);
    expect(await table.listNames(10)).toEqual(["run.two", "text.search"]);
    expect(await table.listNames(1)).toHaveLength(1);
    expect(await table.count({}, 2)).toEqual({ count: 2, exact: false });
    expect(await table.count({}, 3)).toEqual({ count: 3, exact: true });
  });

  it("reads huge columns whole in the detail, cut or not at all in the list", async () => {
    const url = await place.create("huge");
    const project = await createDjangoProject(url);
    await writeRows(project, [
      {
        task_id: "huge",
        status: "SUCCESS",
        date_done: "2026-03-01T10:00:00+00:00",
        task_args: { repeat: ["é", HUGE] },
        result: { repeat: ["x", HUGE] },
        traceback: { repeat: ["y", HUGE] },
      },
    ]);
    await project.stop();
    const table = openTable(url);
    const { rows } = await table.list({ text: "YYYY" }, "-finishedAt", 10, null);
    expect(rows[0]?.args).toBe("é".repeat(LIST_TEXT_CHARS));
    expect(rows[0]?.textLength).toBe(HUGE);
    expect(rows[0]).not.toHaveProperty("result");
    const light = await table.list({}, "-finishedAt", 10, null, { withArgs: false });
    expect(light.rows[0]).toMatchObject({ taskId: "huge", args: "", kwargs: null });
    const detail = await table.get("huge");
    expect(detail?.result).toHaveLength(HUGE);
    expect(detail?.traceback).toHaveLength(HUGE);
    expect(detail?.args).toBe("é".repeat(HUGE));
  });

  it("goes on with a table that is migrated back to release 2.0 meanwhile", async () => {
    const url = await place.create("older");
    const project = await createDjangoProject(url);
    await writeRows(project, TABLE_ROWS);
    const table = openTable(url);
    expect(await table.getShape()).toEqual({ hasDateStarted: true, hasPeriodicTaskName: true });
    expect((await table.list({ ids: ["ran-2s"] }, "-runtime", 10, null)).rows[0]?.startedAt).not.toBeNull();

    await migrateBackTo(project, RELEASE_2_0);
    const { rows } = await table.list({}, "-runtime", 100, null);
    expect(rows.map(({ taskId }) => taskId)).toEqual(TABLE_ROWS.map(({ task_id }) => task_id).toReversed());
    expect(
      rows.every(({ startedAt, periodicTaskName }) => startedAt === null && periodicTaskName === null),
    ).toBe(true);
    expect(await table.getShape()).toEqual({ hasDateStarted: false, hasPeriodicTaskName: false });
    await project.stop();
  });

  it("says what is missing, and reads as soon as it is there", async () => {
    const url = await place.create("empty");
    await place.execute(url, "CREATE TABLE something_else (id integer)");
    const table = openTable(url);
    await expect(table.list({}, "name", 1, null)).rejects.toMatchObject({
      code: "results_unavailable",
      message: expect.stringMatching(
        /no table django_celery_results_taskresult\. Run `python manage\.py migrate/,
      ),
    });
    expect(table.getStatus()).toMatchObject({ connected: false, error: expect.stringContaining("no table") });
    const project = await createDjangoProject(url);
    await waitFor(() => table.getStatus().connected, { what: "the table to be found" });
    expect(await table.list({}, "name", 1, null)).toEqual({ rows: [], cursors: [], next: null });
    await project.stop();
  });
});
