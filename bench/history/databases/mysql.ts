import { MYSQL_FLAVOUR } from "@/tests/support/mysql-flavour";
import { connectToMariadb, startMariadbServer } from "@/tests/support/start-mariadb-server";
import { type BenchRows, ROW_COLUMNS, type RowExpressions, rowValues } from "../bench-rows";
import { type BenchDatabase, listRanges } from "./bench-database";

const TABLE = "django_celery_results_taskresult";

/** A private MariaDB with two gigabytes of buffer. */
export async function startMysql(): Promise<BenchDatabase> {
  const server = await startMariadbServer({
    args: ["--innodb-buffer-pool-size=2G", "--loose-innodb-log-file-size=1G"],
  });
  const url = await server.createDatabase("shop");
  return { name: MYSQL_FLAVOUR.name, url, fill: (rows) => fillMysql(url, rows), stop: () => server.stop() };
}

/** Writes rows into the table that Django has made in the database of `url`. */
export async function fillMysql(url: string, rows: BenchRows): Promise<void> {
  const connection = await connectToMariadb(url);
  try {
    const indexes: { name: string; column: string }[] = await connection.query(
      `SELECT DISTINCT index_name AS name, column_name AS \`column\` FROM information_schema.statistics
       WHERE table_schema = DATABASE() AND table_name = '${TABLE}' AND non_unique = 1`,
    );
    // An index that is made at the end is made in a fraction of the time.
    const drops = indexes.map(({ name }) => `DROP INDEX \`${name}\``);
    await connection.query(`ALTER TABLE ${TABLE} ${drops.join(", ")}`);
    await connection.query(
      "SET SESSION /*!80000 cte_max_recursion_depth = 1000000000, */ unique_checks = 0, foreign_key_checks = 0",
    );
    for (const [from, to] of listRanges(rows.count)) {
      await connection.query(
        `INSERT INTO ${TABLE} (${ROW_COLUMNS}) SELECT ${rowValues(expressions(rows), rows)}
         FROM (${listNumbers(from, to)}) AS numbers`,
      );
    }
    const adds = indexes.map(({ name, column }) => `ADD INDEX \`${name}\` (\`${column}\`)`);
    await connection.query(`ALTER TABLE ${TABLE} ${adds.join(", ")}`);
    await connection.query(`ANALYZE TABLE ${TABLE}`);
  } finally {
    await connection.end();
  }
}

/** The numbers as `n`: MariaDB reads the first comment only, and has a table of them; MySQL the second one. */
function listNumbers(from: number, to: number): string {
  return `/*M! SELECT CAST(seq AS SIGNED) AS n FROM seq_${from}_to_${to} */ /*!80000
    WITH RECURSIVE numbers (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${to}) SELECT n FROM numbers */`;
}

function expressions({ startMs }: BenchRows): RowExpressions {
  const start = new Date(startMs).toISOString().slice(0, -1).replace("T", " ");
  return {
    hex: (value, digits) => `lower(lpad(hex(${value}), ${digits}, '0'))`,
    twoDigits: (value) => `lpad(${value}, 2, '0')`,
    concat: (...parts) => `concat(${parts.join(", ")})`,
    repeat: (text, times) => `repeat('${text}', ${times})`,
    divide: (value, by) => `(${value} DIV ${by})`,
    instant: (micros) => `TIMESTAMP'${start}' + INTERVAL (${micros}) MICROSECOND`,
  };
}
