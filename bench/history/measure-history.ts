import { ensureBuild } from "@/examples/demo/ensure-build";
import { ensurePythonEnvironment, type PythonEnvironment } from "@/tests/support/ensure-python-environment";
import type { Figure, MeasuredPart } from "../figures";
import type { BenchDatabase } from "./databases/bench-database";
import { startMysql } from "./databases/mysql";
import { startPostgresql } from "./databases/postgresql";
import { startSqlite } from "./databases/sqlite";
import { measureDatabase } from "./measure-database";

const ROWS = 10_000_000;
const REPEATS = 30;

const DATABASES: Readonly<Record<string, (environment: PythonEnvironment) => Promise<BenchDatabase>>> = {
  postgresql: startPostgresql,
  mysql: startMysql,
  sqlite: startSqlite,
};

/** The names that `--database` takes. */
export const HISTORY_DATABASES = Object.keys(DATABASES);

interface HistoryOptions {
  readonly rows?: number | undefined;
  /** Names out of HISTORY_DATABASES; all of them by default. */
  readonly databases?: readonly string[] | undefined;
  readonly repeats?: number | undefined;
}

/** Lists, filters, searches and counts a large result table, beside the admin of Django on the same rows. */
export async function measureHistory({
  rows = ROWS,
  databases = HISTORY_DATABASES,
  repeats = REPEATS,
}: HistoryOptions): Promise<MeasuredPart> {
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const environment = await ensurePythonEnvironment("admin");
  await ensureBuild(log);
  const figures: Figure[] = [];
  for (const name of databases) {
    const database = await DATABASES[name]?.(environment);
    if (database === undefined) throw new Error(`there is no database ${name}`);
    try {
      figures.push(...(await measureDatabase(database, environment, { rows, repeats, log })));
    } finally {
      await database.stop();
    }
  }
  return {
    title: `History of ${rows.toLocaleString("en-US")} rows with Django's own indexes`,
    method:
      "Pages of 100 over HTTP, median (95th percentile) of repeated requests. Celeriac: its production build. Instead: Django's " +
      "admin under gunicorn with two workers, logged in. The ratio is that of the 95th percentiles.",
    figures,
  };
}
