import { Client } from "pg";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { type BenchRows, ROW_COLUMNS, type RowExpressions, rowValues } from "../bench-rows";
import { type BenchDatabase, listRanges } from "./bench-database";

const TABLE = "django_celery_results_taskresult";

/** A private PostgreSQL with a gigabyte of shared buffers. */
export async function startPostgresql(): Promise<BenchDatabase> {
  const server = await startPostgresServer({
    settings: { shared_buffers: "1GB", maintenance_work_mem: "512MB", max_wal_size: "8GB" },
  });
  const url = await server.createDatabase("shop");
  return { name: "PostgreSQL", url, fill: (rows) => fillPostgresql(url, rows), stop: () => server.stop() };
}

/** Writes rows into the table that Django has made in the database of `url`. */
export async function fillPostgresql(url: string, rows: BenchRows): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    // An index that is made at the end is made in a tenth of the time.
    const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(
      `SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '${TABLE}' AND indexdef NOT LIKE '%UNIQUE%'`,
    );
    for (const { indexname } of indexes) await client.query(`DROP INDEX "${indexname}"`);
    for (const [from, to] of listRanges(rows.count)) {
      await client.query(
        `INSERT INTO ${TABLE} (${ROW_COLUMNS}) SELECT ${rowValues(expressions(rows), rows)} FROM generate_series(${from}::bigint, ${to}) n`,
      );
    }
    for (const { indexdef } of indexes) await client.query(indexdef);
    await client.query(`VACUUM ANALYZE ${TABLE}`);
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
}

function expressions({ startMs }: BenchRows): RowExpressions {
  return {
    hex: (value, digits) => `lpad(to_hex(${value}), ${digits}, '0')`,
    twoDigits: (value) => `lpad((${value})::text, 2, '0')`,
    concat: (...parts) => `concat(${parts.join(", ")})`,
    repeat: (text, times) => `repeat('${text}', ${times})`,
    divide: (value, by) => `(${value} / ${by})`,
    instant: (micros) => `to_timestamp(${startMs / 1000}) + (${micros}) * interval '1 microsecond'`,
  };
}
