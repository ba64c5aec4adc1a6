import type { TableRow } from "../results/table-rows";

/** The filter that takes the rows of failed tasks. */
export const FAILED = { state: ["FAILURE"] };
/** How many are alike: beyond two chunks of the walk. */
export const MANY = 2_100;
/** Longer than what a list reads of a row. */
const LONG = 20_000;

/** The row of a task that failed, changed by `part`. */
export function failed(id: string, part: Partial<TableRow> = {}): TableRow {
  return {
    task_id: id,
    status: "FAILURE",
    content_type: "application/json",
    content_encoding: "utf-8",
    task_name: "shop.pay",
    worker: "w@box",
    task_args: JSON.stringify("(1,)"),
    task_kwargs: JSON.stringify("{'amount': 1.50, 'who': 'é'}"),
    result: JSON.stringify({ exc_type: "Refused", exc_message: [`order ${id} refused`], exc_module: "shop" }),
    date_done: "2026-03-01T10:00:00.000001+00:00",
    ...part,
  } as TableRow;
}

/** Rows to preview: many that are ready, and some of each kind that is not. */
export const ROWS: readonly TableRow[] = [
  ...Array.from({ length: MANY }, (_, index) => failed(`many-${index}`)),
  ...Array.from({ length: 4 }, (_, index) =>
    failed(`lossy-${index}`, {
      task_name: "shop.mail",
      task_args: JSON.stringify("('abc...',)"),
      result: JSON.stringify({ exc_type: "Lost", exc_message: ["gone"], exc_module: "shop" }),
    }),
  ),
  failed("long", {
    task_args: JSON.stringify(`('${"x".repeat(LONG)}', 'end')`),
    task_name: "other.long",
  }),
  failed("long-lossy", {
    task_args: JSON.stringify(`('${"x".repeat(LONG)}', ...`),
    task_name: "other.long",
  }),
  failed("conflict", { task_kwargs: JSON.stringify("{'amount': 1, 'total': 2}") }),
  failed("without", { task_kwargs: JSON.stringify("{'who': 'x'}") }),
  failed("bare", { task_name: null, task_args: null, task_kwargs: null, worker: null, result: null }),
  failed("unknown", { task_args: null, result: "not an error" }),
  failed("typed", { task_args: JSON.stringify("(Decimal('1.5'),)") }),
  failed("done", { status: "SUCCESS", result: "null" }),
];
