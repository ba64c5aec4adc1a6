import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openResultTable } from "@/lib/results/open-result-table";
import { RESULT_SORTS, type ResultFilter, type ResultSort, type ResultTable } from "@/lib/results/results";
import {
  createDjangoProject,
  type DatabasePlace,
  openDatabasePlace,
  PROVIDERS,
  writeRows,
} from "./result-databases";
import { TABLE_ROWS } from "./table-rows";

const ALL_IDS = TABLE_ROWS.map((row) => row.task_id);

/** Epoch microseconds of an ISO text with up to six digits of fraction. */
function micros(text: string): bigint {
  const [seconds = "", fraction = ""] = text.split(".");
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0"));
}

const BY_DONE = [
  "day-before",
  "midnight",
  "whole-second",
  "one-micro",
  "before-half",
  "half-1",
  "half-2",
  "half-3",
  "unnamed",
  "umlaut",
  "Case",
  "ran-a-day",
  "ran-2s",
  "ran-2s-and-a-micro",
  "running",
  "other-zone",
  "fast-clock",
  "texts",
  "last-micro",
  "day-after",
];

const ORDERS: Record<ResultSort, readonly string[]> = {
  finishedAt: BY_DONE,
  "-finishedAt": BY_DONE.toReversed(),
  "-runtime": [
    "ran-a-day",
    "ran-2s-and-a-micro",
    "ran-2s",
    "fast-clock",
    ...ALL_IDS.filter((id) => !/^ran-|^fast/.test(id)).toReversed(),
  ],
  name: [
    "fast-clock",
    "ran-a-day",
    "running",
    "ran-2s-and-a-micro",
    "ran-2s",
    "other-zone",
    "half-2",
    "one-micro",
    "day-after",
    "last-micro",
    "whole-second",
    "midnight",
    "day-before",
    "before-half",
    "half-3",
    "half-1",
    "texts",
    "Case",
    "umlaut",
    "unnamed",
  ],
};

const FILTERS: readonly (readonly [string, ResultFilter, readonly string[]])[] = [
  ["one state", { states: ["RETRY"] }, ["half-3"]],
  ["a state in another case", { states: ["retry"] }, []],
  ["states and custom states", { states: ["PROGRESS", "REVOKED"] }, ["last-micro", "day-after"]],
  [
    "an exact name",
    { names: ["shop.mail"] },
    ["day-before", "midnight", "whole-second", "last-micro", "day-after"],
  ],
  ["a name with a trailing space", { names: ["shop.mail "] }, ["before-half"]],
  ["a name beyond ASCII", { names: ["Ärger.ä"] }, ["umlaut"]],
  ["a name beyond ASCII in another case", { names: ["ärger.ä", "Arger.a"] }, []],
  [
    "a wildcard behind",
    { names: ["run.*"] },
    ["ran-2s", "ran-2s-and-a-micro", "ran-a-day", "running", "other-zone", "fast-clock"],
  ],
  ["a wildcard in another case", { names: ["RUN.*"] }, []],
  ["a wildcard with LIKE's specials", { names: ["shop_*", "shop%*"] }, ["half-1", "half-2"]],
  ["a wildcard with GLOB's specials", { names: ["*[x]?m*"] }, ["half-3"]],
  ["an escape character", { names: ["shop!*", "shop\\*"] }, []],
  ["a wildcard alone", { names: ["*"] }, ALL_IDS.filter((id) => id !== "unnamed")],
  ["names and wildcards", { names: ["zeta.run", "*.search"] }, ["Case", "texts"]],
  ["names or none", { names: ["zeta.run"], unstored: "with" }, ["unnamed", "Case"]],
  ["no name where one is asked for", { names: ["zeta.run"], unstored: "only" }, ["unnamed"]],
  ["no NULL where nothing is asked for", { states: ["FAILURE"], unstored: "only" }, []],
  [
    "a text or no args",
    { text: "100% _sure_", from: micros("2026-03-01T13:00:00"), unstored: "with" },
    ["texts", "last-micro", "day-after"],
  ],
  ["a worker", { workers: ["a@host"] }, ["whole-second"]],
  ["workers", { workers: ["a@host ", "ä@höst"] }, ["half-1", "umlaut"]],
  ["ids", { ids: ["texts", "Case", "nobody"] }, ["Case", "texts"]],
  ["an id in another case", { ids: ["case", "TEXTS"] }, []],
  ["no ids", { ids: [] }, []],
  ["from a whole second", { from: micros("2026-03-01T23:59:59.999999") }, ["last-micro", "day-after"]],
  ["to midnight", { to: micros("2026-03-01T00:00:00") }, ["day-before"]],
  ["to a micro after midnight", { to: micros("2026-03-01T00:00:00.000001") }, ["day-before", "midnight"]],
  [
    "a second",
    { from: micros("2026-03-01T10:00:00"), to: micros("2026-03-01T10:00:01") },
    ["whole-second", "one-micro", "before-half", "half-1", "half-2", "half-3", "unnamed"],
  ],
  [
    "half a second",
    { from: micros("2026-03-01T10:00:00.000001"), to: micros("2026-03-01T10:00:00.5") },
    ["one-micro", "before-half"],
  ],
  [
    "one microsecond",
    { from: micros("2026-03-01T10:00:00.5"), to: micros("2026-03-01T10:00:00.500001") },
    ["half-1", "half-2", "half-3"],
  ],
  ["an empty range", { from: micros("2026-03-01T10:00:00.5"), to: micros("2026-03-01T10:00:00.5") }, []],
  ["a range beyond all calendars", { from: -(10n ** 19n), to: 10n ** 19n }, ALL_IDS],
  ["text in args, in another case", { text: "100% _SURE_" }, ["texts"]],
  ["text with LIKE's wildcards", { text: "100_" }, []],
  ["text with a quote as it is read", { text: "it\\'s" }, ["texts"]],
  ["text beyond ASCII in JSON", { text: "straße" }, ["texts"]],
  ["text beyond ASCII in another case", { text: "résumé" }, []],
  ["an exception's message", { text: "RÉSUMÉ LOST" }, ["texts"]],
  ["a traceback", { text: "Éclair !IMPORTANT" }, ["texts"]],
  ["a traceback in another case beyond ASCII", { text: "éclair" }, []],
  ["backslashes", { text: "c:\\\\temp" }, ["texts"]],
  ["text across fields", { text: 'lost"], "exc_module' }, ["texts"]],
  ["what looks like SQL", { text: "' OR 1=1 --" }, []],
  [
    "all together",
    { states: ["FAILURE"], names: ["text.*"], workers: ["text@host"], text: "valueerror" },
    ["texts"],
  ],
];

describe.each(PROVIDERS)("the result table on %s", (provider) => {
  let place: DatabasePlace;
  let url: string;
  let table: ResultTable;

  beforeAll(async () => {
    place = await openDatabasePlace(provider);
    url = await place.create("results");
    const project = await createDjangoProject(url);
    await writeRows(project, TABLE_ROWS);
    await project.stop();
    table = openResultTable({ url });
  });

  afterAll(async () => {
    await table?.close();
    await place?.stop();
  });

  it.each(FILTERS)("filters by %s", async (_name, filter, expected) => {
    const { rows } = await table.list(filter, "finishedAt", 200, null);
    expect(rows.map((row) => row.taskId).sort()).toEqual([...expected].sort());
    expect(await table.count(filter, 1_000)).toEqual({ count: expected.length, exact: true });
    const oldest = rows[0]?.doneAt;
    const extent = oldest === undefined ? null : { count: expected.length, oldest };
    expect(await table.measure(filter, 1_000)).toEqual(extent);
    if (expected.length > 0) expect(await table.measure(filter, expected.length - 1)).toBeNull();
  });

  it.each(RESULT_SORTS.flatMap((sort) => [1, 2, 3, 7, 200].map((limit) => [sort, limit] as const)))(
    "gives the order %s in pages of %i",
    async (sort, limit) => {
      expect(await listAllIds(table, sort, limit)).toEqual(ORDERS[sort]);
    },
  );
});

async function listAllIds(table: ResultTable, sort: ResultSort, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let page = await table.list({}, sort, limit, null);
  ids.push(...page.rows.map((row) => row.taskId));
  while (page.next !== null && ids.length <= ALL_IDS.length) {
    page = await table.list({}, sort, limit, page.next);
    ids.push(...page.rows.map((row) => row.taskId));
  }
  return ids;
}
