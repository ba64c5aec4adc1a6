import { ensurePythonEnvironment, type PythonEnvironment } from "@/tests/support/ensure-python-environment";
import type { MeasuredPart } from "../figures";
import type { BenchDatabase } from "./databases/bench-database";
import { startMysql } from "./databases/mysql";
import { startPostgresql } from "./databases/postgresql";
import { startSqlite } from "./databases/sqlite";
import { measureDatabase } from "./measure-database";

const ROWS = 10_000_000;
const REPEATS = 30;

interface HistoryOptions {
  readonly rows?: number | undefined;
  readonly repeats?: number | undefined;
}

type MeasureHistory = (options: HistoryOptions) => Promise<MeasuredPart>;

/** Each database's measurement, which fills it and takes half an hour: lists, filters, searches and counts a large result table. */
export const HISTORY_PARTS = {
  "history-postgresql": (options) => measureHistory(startPostgresql, options),
  "history-mysql": (options) => measureHistory(startMysql, options),
  "history-sqlite": (options) => measureHistory(startSqlite, options),
} satisfies Record<string, MeasureHistory>;

async function measureHistory(
  start: (environment: PythonEnvironment) => Promise<BenchDatabase>,
  { rows = ROWS, repeats = REPEATS }: HistoryOptions,
): Promise<MeasuredPart> {
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const environment = await ensurePythonEnvironment("admin");
  const database = await start(environment);
  try {
    return {
      title: `History of ${rows.toLocaleString("en-US")} rows on ${database.name}, with Django's own indexes`,
      method:
        "Pages of 100 over HTTP, median (95th percentile) of repeated requests. Celeriac: its production build. Instead: Django's " +
        "admin under gunicorn with two workers, logged in. The ratio is that of the 95th percentiles.",
      figures: await measureDatabase(database, environment, { rows, repeats, log }),
    };
  } finally {
    await database.stop();
  }
}
