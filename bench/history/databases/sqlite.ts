import { join } from "node:path";
import type { PythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { runCommand } from "@/tests/support/run-command";
import { type BenchRows, ROW_COLUMNS, type RowExpressions, rowValues } from "../bench-rows";
import { type BenchDatabase, listRanges } from "./bench-database";

const TABLE = "django_celery_results_taskresult";

/** A SQLite file in a folder of its own, written by the SQLite that Python brings. */
export async function startSqlite({ python }: PythonEnvironment): Promise<BenchDatabase> {
  const folder = makeTempFolder("bench-sqlite");
  const file = join(folder, "results.sqlite3");
  return {
    name: "SQLite",
    url: `file:${file}`,
    fill: (rows) => fillSqlite(python, file, rows),
    stop: async () => removeFolder(folder),
  };
}

/** Writes rows into the table that Django has made in a file. */
export async function fillSqlite(python: string, file: string, rows: BenchRows): Promise<void> {
  await runCommand(python, ["-c", PROGRAM, file], { input: JSON.stringify(listStatements(rows)) });
}

/** Runs statements; the table's own indexes are made anew at the end, in a fraction of the time. */
const PROGRAM = `
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA synchronous=OFF")
database.execute("PRAGMA cache_size=-500000")
indexes = database.execute("SELECT name, sql FROM sqlite_master WHERE type='index' AND tbl_name='${TABLE}' AND sql IS NOT NULL").fetchall()
for name, _ in indexes:
    database.execute(f'DROP INDEX "{name}"')
for statement in json.load(sys.stdin):
    database.execute(statement)
for _, sql in indexes:
    database.execute(sql)
database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
`;

function listStatements(rows: BenchRows): string[] {
  return [...listRanges(rows.count)].map(
    ([from, to]) => `
      WITH RECURSIVE numbers(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${to})
      INSERT INTO ${TABLE} (${ROW_COLUMNS}) SELECT ${rowValues(expressions(rows), rows)} FROM numbers`,
  );
}

function expressions({ startMs }: BenchRows): RowExpressions {
  // As Django writes it: text in UTC with microseconds.
  const at = (micros: string) => `(${startMs * 1000} + ${micros})`;
  return {
    hex: (value, digits) => `printf('%0${digits}x', ${value})`,
    twoDigits: (value) => `printf('%02d', ${value})`,
    concat: (...parts) => `(${parts.join(" || ")})`,
    repeat: (text, times) => `'${text.repeat(times)}'`,
    divide: (value, by) => `(${value} / ${by})`,
    instant: (micros) =>
      `(strftime('%Y-%m-%d %H:%M:%S', ${at(micros)} / 1000000, 'unixepoch') || printf('.%06d', ${at(micros)} % 1000000))`,
  };
}
