import type { StepRange } from "@/lib/numbers/choose-step";
import { COUNT_KEYS, type DurationKey, type NumbersOf, TaskNumbers } from "@/lib/numbers/task-numbers";
import { jsonRows } from "./json-rows";
import { getRolledUntil, HOUR_MS } from "./number-hours";
import { addNumberRow, type NumberRow, nameSketchColumns } from "./number-row";
import { rawSql, sql, toNumber } from "./sql";
import type { Store } from "./store";

/** What to add up. */
export interface NumbersQuestion extends StepRange {
  readonly of: NumbersOf;
  readonly names: readonly string[];
  /** The durations that are asked for: each costs its reading. */
  readonly durations: readonly DurationKey[];
}

/** The numbers of each name, by the start of each step (epoch ms) in which there were any. */
export type NumbersByStep = ReadonlyMap<string, ReadonlyMap<number, TaskNumbers>>;

/**
 * Adds up the numbers of each name by steps: of whole hours as far as they are added up already, else of minutes, of which
 * those before `MINUTES_KEPT_MS` are gone. Exact but for the percentiles, which are within `RELATIVE_ERROR`.
 */
export async function readNumbers(store: Store, question: NumbersQuestion): Promise<NumbersByStep> {
  const { from, to, stepMs } = question;
  const hoursUntil = stepMs % HOUR_MS === 0 ? await getRolledUntil(store) : 0;
  const middle = Math.min(Math.max(from, hoursUntil), to);
  const sums = new Map<string, Map<number, TaskNumbers>>();
  if (middle > from)
    addRows(sums, await readRows(store, "number_hour", { ...question, to: middle }), question);
  if (middle < to)
    addRows(sums, await readRows(store, "number_minute", { ...question, from: middle }), question);
  return sums;
}

type Row = NumberRow & { readonly name: string; readonly at: number | bigint };

async function readRows(
  store: Store,
  table: "number_hour" | "number_minute",
  { of, names, durations, from, to }: NumbersQuestion,
): Promise<readonly Row[]> {
  if (names.length === 0) return [];
  const columns = [...COUNT_KEYS, ...nameSketchColumns(durations)].map((name) => `n.${name}`).join(", ");
  const wanted = jsonRows(
    store.provider,
    names.map((name) => ({ wanted_name: name })),
    { wanted_name: "text" },
  );
  return store.client.$queryRaw<Row[]>(sql`
    SELECT s.name, n.at, ${rawSql(columns)} FROM number_series AS s JOIN ${rawSql(table)} AS n ON n.series = s.id
    WHERE s.kind = ${of} AND s.name IN (SELECT wanted_name FROM ${wanted}) AND n.at >= ${from} AND n.at < ${to}`);
}

function addRows(
  sums: Map<string, Map<number, TaskNumbers>>,
  rows: readonly Row[],
  { stepMs }: StepRange,
): void {
  for (const row of rows) {
    const steps = sums.get(row.name) ?? new Map<number, TaskNumbers>();
    sums.set(row.name, steps);
    const at = Math.floor(toNumber(row.at) / stepMs) * stepMs;
    const numbers = steps.get(at) ?? new TaskNumbers();
    steps.set(at, numbers);
    addNumberRow(numbers, row);
  }
}
