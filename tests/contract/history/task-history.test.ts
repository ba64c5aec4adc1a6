import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countTaskHistory } from "@/lib/history/count-task-history";
import { getTaskHistory } from "@/lib/history/get-task-history";
import { iterateTaskHistory } from "@/lib/history/iterate-task-history";
import { listTaskHistory } from "@/lib/history/list-task-history";
import { readHistoryQuery, type TaskFilterTexts } from "@/lib/history/read-history-query";
import type { HistoryPage } from "@/lib/history/task-history";
import { at, openBothSources, SECOND_0 } from "./both-sources";
import type { HistoryFixture } from "./history-fixture";

const REDACT = ["password"];

describe("the history of both sources", () => {
  let fixture: HistoryFixture;

  beforeAll(async () => {
    fixture = await openBothSources();
  });

  afterAll(() => fixture?.stop());

  const list = (filter: TaskFilterTexts, limit = 50, cursor: string | null = null): Promise<HistoryPage> =>
    listTaskHistory(fixture, readHistoryQuery(filter, fixture), { limit, cursor, redact: REDACT });
  const count = (filter: TaskFilterTexts) => countTaskHistory(fixture, readHistoryQuery(filter, fixture));

  async function walk(filter: TaskFilterTexts, limit = 1_000): Promise<string[]> {
    const ids: string[] = [];
    for await (const chunk of iterateTaskHistory(fixture, readHistoryQuery(filter, fixture), limit)) {
      ids.push(...chunk.map(({ id }) => id));
    }
    return ids;
  }

  it("takes a row's own values first, and the events' for the rest", async () => {
    const { tasks } = await list({ name: ["shop.pay"], state: ["FAILURE"] });
    expect(tasks).toEqual([
      {
        id: "extended",
        name: "shop.pay",
        state: "FAILURE",
        worker: "a@box",
        queue: "pay",
        args: "(1, 'x')",
        kwargs: "{'password': '***', 'to': 'bob'}",
        retries: 2,
        receivedAt: 1_795_000_000_100,
        startedAt: SECOND_0 + 1_700,
        finishedAt: SECOND_0 + 3_000,
        runtimeSeconds: 1.25,
        exception: "ValueError: password='***' is wrong",
        argsClass: "safe",
        redispatchedAs: "again-2",
      },
    ]);
  });

  it("shows what result_extended left out, where events told it", async () => {
    const { tasks } = await list({ name: ["shop.b*"] });
    expect(tasks).toMatchObject([
      {
        id: "bare",
        name: "shop.bare",
        worker: "b@box",
        queue: "bulk",
        args: "('haystack',)",
        kwargs: "{'password': '***'}",
        argsClass: "safe",
        runtimeSeconds: null,
      },
    ]);
  });

  it("shows the error of each row, but for a step that never ran", async () => {
    const { tasks } = await list({});
    const error = "ValueError: password='***' is wrong";
    expect(Object.fromEntries(tasks.map(({ id, exception }) => [id, exception]))).toEqual({
      ...{ extended: error, bare: error },
      ...{ "bare-unknown": null, running: null, long: null, "never-ran": null },
    });
  });

  it("knows no end and no runtime of a task that runs", async () => {
    const { tasks } = await list({ state: ["STARTED"] });
    expect(tasks).toMatchObject([
      { id: "running", finishedAt: null, runtimeSeconds: null, argsClass: "unknown" },
    ]);
  });

  it("classes args that a list reads in part from their whole text", async () => {
    const { tasks } = await list({ name: ["shop.long"] });
    expect(tasks).toMatchObject([{ id: "long", argsClass: "exact" }]);
    expect(tasks[0]?.args).toHaveLength(1_024);
  });

  const cases: readonly (readonly [string, TaskFilterTexts, readonly string[]])[] = [
    ["everything", {}, ["never-ran", "long", "running", "bare-unknown", "bare", "extended"]],
    ["a name that only events know", { name: ["shop.bare"] }, ["bare"]],
    ["a row's name rather than the events'", { name: ["other.name"] }, []],
    ["a worker that only events know", { worker: ["b@box"] }, ["bare"]],
    ["a worker of either", { worker: ["b@box", "a@box"] }, ["bare", "extended"]],
    ["a queue", { queue: ["bulk", "pay"] }, ["bare", "extended"]],
    ["a queue nobody used", { queue: ["none"] }, []],
    ["text that only events know", { q: "HAYSTACK" }, ["bare"]],
    ["text of a result without args", { q: "needle" }, ["bare-unknown"]],
    ["text of both", { q: "hunter2" }, ["bare", "extended"]],
    [
      "all together",
      { q: "haystack", queue: ["bulk"], name: ["*bare"], worker: ["b@box"], state: ["FAILURE"] },
      ["bare"],
    ],
    [
      "the exact microsecond",
      { from: "2026-03-01T15:45:04.000500+05:45", to: at(4).replace("500+", "501+") },
      ["bare"],
    ],
    [
      "events alone",
      { source: "events", queue: ["bulk"], from: "2026-01-01T00:00:00Z", to: "2026-03-02T00:00:00Z" },
      ["only-events"],
    ],
  ];

  it.each(cases)("lists, counts and walks %s alike", async (_name, filter, expected) => {
    const page = await list(filter);
    expect(page.tasks.map(({ id }) => id)).toEqual(expected);
    expect(page).toMatchObject({ nextCursor: null, searchedBackTo: null });
    expect(await count(filter)).toEqual({ count: expected.length, exact: true });
    expect(await walk(filter)).toEqual(expected);
    if (expected.length > 1) expect(await walk(filter, 1)).toEqual(expected.slice(0, 1));
  });

  it.each(["results", "events"] as const)("pages through %s without a gap", async (source) => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: HistoryPage = await list({ source, sort: "name" }, 2, cursor);
      ids.push(...page.tasks.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const all = (await list({ source, sort: "name" })).tasks.map(({ id }) => id);
    expect(ids).toEqual(all);
    expect(new Set(ids).size).toBe(source === "results" ? 6 : 4);
  });

  it("refuses a cursor of the other source", async () => {
    const { nextCursor } = await list({ source: "events" }, 1);
    await expect(list({ source: "results" }, 1, nextCursor)).rejects.toMatchObject({ code: "bad_request" });
  });

  it("tells everything of one task, with nothing that is to be hidden", async () => {
    const task = await getTaskHistory(fixture, "extended", REDACT);
    expect(task).toMatchObject({
      id: "extended",
      exception: "shop.errors.ValueError: password='***' is wrong",
      meta: expect.stringContaining("children"),
      rootId: "root",
      parentId: "parent",
      groupId: null,
      children: ["child", "m1", "m2"],
      redispatchOf: null,
      redispatchedAs: "again-2",
      redispatches: [
        { newId: "again-2", batchId: "batch", at: 2, state: "SUCCESS" },
        { newId: "again-1", batchId: "batch", at: 1, state: null },
      ],
      createdAt: SECOND_0,
      argsReason: null,
      inResultTable: true,
      inEvents: true,
      settingHint: null,
    });
    expect(JSON.stringify(task)).not.toContain("hunter2");
    expect(task?.traceback).toContain('File "/srv/shop.py", line 3, in pay');
  });

  it("fills in a bare row from its events, and names the settings that would have stored it", async () => {
    expect(await getTaskHistory(fixture, "bare", REDACT)).toMatchObject({
      name: "shop.bare",
      traceback: "Traceback …",
      inResultTable: true,
      inEvents: true,
      settingHint: expect.stringMatching(
        /^result_extended = True would store .* task_track_started = True would/,
      ),
    });
    expect(await getTaskHistory(fixture, "bare-unknown", REDACT)).toMatchObject({
      name: null,
      args: null,
      argsClass: "unknown",
      argsReason: expect.stringMatching(/^args: not stored: result_extended is off.*; kwargs: not stored/),
      inEvents: false,
    });
  });

  it("tells of a task that only events know, and of none that nobody knows", async () => {
    expect(await getTaskHistory(fixture, "only-events", REDACT)).toMatchObject({
      inResultTable: false,
      inEvents: true,
      settingHint: expect.stringMatching(/^The result table has no row/),
    });
    expect(await getTaskHistory(fixture, "again-2", REDACT)).toMatchObject({ redispatchOf: "extended" });
    expect(await getTaskHistory(fixture, "nobody", REDACT)).toBeNull();
  });

  it("works from events alone without a result table", async () => {
    const sources = { results: null, store: fixture.store };
    const query = readHistoryQuery({ queue: ["bulk"] }, sources);
    const page = await listTaskHistory(sources, query, { limit: 10, cursor: null, redact: [] });
    expect(page.tasks.map(({ id }) => id).sort()).toEqual(["bare", "only-events"]);
    expect(await getTaskHistory(sources, "bare", [])).toMatchObject({
      inResultTable: false,
      settingHint: null,
    });
    expect(() => readHistoryQuery({ source: "results" }, sources)).toThrow(
      /^source: there is no result table/,
    );
  });
});
