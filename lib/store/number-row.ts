import { mergeSketchBytes, writeSketch } from "@/lib/numbers/sketch-bytes";
import { COUNT_KEYS, DURATION_KEYS, type DurationKey, TaskNumbers } from "@/lib/numbers/task-numbers";
import { rawSql, type Sql, type StoreProvider, toNumber } from "./sql";

/** The column of each kind of duration. */
const SKETCH_COLUMNS = { queueWait: "queue_wait", workerWait: "worker_wait", runtime: "runtime" } as const;

/** The columns that hold numbers, of minutes and hours alike, for `jsonRows`: sketches as hexadecimal digits. */
export const NUMBER_COLUMNS = {
  succeeded: "integer",
  failed: "integer",
  retried: "integer",
  skewed: "integer",
  queue_wait: "text",
  worker_wait: "text",
  runtime: "text",
} as const;

/** Their names, and the assignments of an upsert. */
export const NUMBER_NAMES = rawSql(Object.keys(NUMBER_COLUMNS).join(", "));
export const NUMBER_UPDATES = rawSql(
  Object.keys(NUMBER_COLUMNS)
    .map((name) => `${name} = excluded.${name}`)
    .join(", "),
);

/** A row's numbers as the database gives them; a sketch that was not asked for is absent. */
export type NumberRow = { readonly [Key in (typeof COUNT_KEYS)[number]]: number | bigint } & {
  readonly [Key in (typeof SKETCH_COLUMNS)[DurationKey]]?: Uint8Array | null;
};

/** The columns of `numbers`. */
export function toNumberRow(numbers: TaskNumbers) {
  return {
    succeeded: numbers.succeeded,
    failed: numbers.failed,
    retried: numbers.retried,
    skewed: numbers.skewed,
    queue_wait: toHex(writeSketch(numbers.queueWait)),
    worker_wait: toHex(writeSketch(numbers.workerWait)),
    runtime: toHex(writeSketch(numbers.runtime)),
  };
}

/** What selects the columns of rows that are passed as JSON, which has no bytes. */
export function selectNumbers(provider: StoreProvider): Sql {
  const columns = Object.entries(NUMBER_COLUMNS).map(([name, type]) => {
    if (type !== "text") return name;
    return provider === "sqlite" ? `unhex(${name})` : `decode(${name}, 'hex')`;
  });
  return rawSql(columns.join(", "));
}

/** Adds a row to `numbers`. */
export function addNumberRow(numbers: TaskNumbers, row: NumberRow): void {
  for (const key of COUNT_KEYS) numbers[key] += toNumber(row[key]);
  for (const key of DURATION_KEYS) {
    const bytes = row[SKETCH_COLUMNS[key]];
    if (bytes) mergeSketchBytes(numbers.sketch(key), bytes);
  }
}

/** The sum of the rows of each key. */
export function sumNumberRows<Key, Row extends NumberRow>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => Key,
): Map<Key, TaskNumbers> {
  const sums = new Map<Key, TaskNumbers>();
  for (const row of rows) {
    const key = keyOf(row);
    const numbers = sums.get(key) ?? new TaskNumbers();
    sums.set(key, numbers);
    addNumberRow(numbers, row);
  }
  return sums;
}

/** The names of the sketches' columns. */
export function nameSketchColumns(keys: readonly DurationKey[]): readonly string[] {
  return keys.map((key) => SKETCH_COLUMNS[key]);
}

function toHex(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString("hex");
}
