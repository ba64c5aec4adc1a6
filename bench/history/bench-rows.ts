/**
 * The rows of this benchmark, the same on each database: row `n` of `rows` is an expression of n, so that its id, its
 * name and its date are known without a look at the table. They end now and began a year ago.
 */
const YEAR_MS = 365 * 86_400_000;
const NAMES = 40;

export interface BenchRows {
  readonly count: number;
  /** Epoch ms of what would be row 0, and the microseconds from one row to the next. */
  readonly startMs: number;
  readonly stepMicros: number;
}

/** Describes `count` rows that end at `endMs`. */
export function describeRows(count: number, endMs: number): BenchRows {
  return { count, startMs: endMs - YEAR_MS, stepMicros: Math.floor((YEAR_MS * 1000) / count) };
}

/** The task id of row `n`: its first digits jump about, as a random id's do. */
export function taskIdOf(n: number): string {
  const head = (BigInt(n) * 2_654_435_761n) % 4_294_967_296n;
  return `${head.toString(16).padStart(8, "0")}-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;
}

/** When row `n` was done, as ISO 8601. */
export function doneAtOf({ startMs, stepMicros }: BenchRows, n: number): string {
  return new Date(startMs + Math.floor((n * stepMicros) / 1000)).toISOString();
}

/** How many of the rows failed: each tenth. */
export function countFailed({ count }: Pick<BenchRows, "count">): number {
  return Math.floor(count / 10);
}

/** What differs between the databases' SQL in writing a row. */
export interface RowExpressions {
  /** Hexadecimal digits of a whole number, padded with zeros. */
  hex(value: string, digits: number): string;
  /** Two decimal digits. */
  twoDigits(value: string): string;
  concat(...parts: readonly string[]): string;
  repeat(text: string, times: number): string;
  /** Whole quotient. */
  divide(value: string, by: number): string;
  /** The instant so many microseconds after the rows' start. */
  instant(micros: string): string;
}

export const ROW_COLUMNS =
  "task_id, status, task_name, worker, task_args, task_kwargs, content_type, content_encoding, result, traceback, meta, " +
  "date_created, date_started, date_done, periodic_task_name";

/** The values of a row, in the order of ROW_COLUMNS, of which a row's number is the column `n`. */
export function rowValues(x: RowExpressions, { stepMicros }: BenchRows): string {
  const done = `n * ${stepMicros}`;
  const runtime = "(n * 7919 % 10007) * 1000";
  const isFailed = "n % 10 = 0";
  const traceback = x.concat(
    "'Traceback (most recent call last):\n'",
    x.repeat(`  File "/srv/shop/tasks/payments.py", line 112, in charge\n    gateway.charge(order)\n`, 19),
    "'shop.errors.GatewayError: order '",
    "n",
    "' refused'",
  );
  return [
    x.concat(x.hex("n * 2654435761 % 4294967296", 8), "'-0000-4000-8000-'", x.hex("n", 12)),
    `CASE WHEN ${isFailed} THEN 'FAILURE' ELSE 'SUCCESS' END`,
    x.concat("'shop.tasks.kind_'", x.twoDigits(`(n * 7 + ${x.divide("n", 10)}) % ${NAMES}`)),
    x.concat("'worker-'", x.twoDigits(`${x.divide("n", 3)} % 8`), "'@host'"),
    x.concat(`'"(''order-'`, "n", `''', '`, "n", "', 2.5, None, '''", x.repeat("x", 90), `''')"'`),
    x.concat(
      `'"{''currency'': ''EUR'', ''note'': '''`,
      x.repeat("y", 90),
      `''', ''attempt'': '`,
      "n % 3",
      `'}"'`,
    ),
    "'application/json'",
    "'utf-8'",
    `CASE WHEN ${isFailed} THEN ${x.concat(
      `'{"exc_type": "GatewayError", "exc_message": ["order '`,
      "n",
      `' refused"], "exc_module": "shop.errors"}'`,
    )} ELSE '{"ok": true}' END`,
    `CASE WHEN ${isFailed} THEN ${traceback} ELSE NULL END`,
    `'{"children": []}'`,
    x.instant(`${done} - ${runtime} - 250000`),
    x.instant(`${done} - ${runtime}`),
    x.instant(done),
    "NULL",
  ].join(",\n");
}
