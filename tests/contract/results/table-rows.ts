/** A row to be written by Django: columns of TaskResult; what is absent keeps the column's default. */
export interface TableRow {
  readonly task_id: string;
  readonly status: string;
  readonly date_done: string;
  readonly date_created?: string;
  readonly date_started?: string | null;
  readonly task_name?: string | null;
  readonly worker?: string | null;
  readonly task_args?: string | Repeat | null;
  readonly task_kwargs?: string | null;
  readonly result?: string | Repeat | null;
  readonly traceback?: string | Repeat | null;
  readonly meta?: string | null;
  readonly periodic_task_name?: string | null;
}

/** `text` written so many times: a huge column that isn't shipped through a file. */
interface Repeat {
  readonly repeat: readonly [text: string, times: number];
}

const DAY = "2026-03-01";

function at(time: string, day = DAY): string {
  return `${day}T${time}+00:00`;
}

/**
 * Rows in the order of writing, so their primary keys ascend. They share seconds and microseconds, stand on both sides
 * of midnight in UTC, have NULLs where `result_extended` is off, and names that differ in what databases ignore.
 */
export const TABLE_ROWS: readonly TableRow[] = [
  {
    task_id: "day-before",
    status: "SUCCESS",
    task_name: "shop.mail",
    date_done: at("23:59:59.999999", "2026-02-28"),
  },
  { task_id: "midnight", status: "SUCCESS", task_name: "shop.mail", date_done: at("00:00:00") },
  {
    task_id: "whole-second",
    status: "FAILURE",
    task_name: "shop.mail",
    worker: "a@host",
    date_done: at("10:00:00"),
  },
  {
    task_id: "one-micro",
    status: "FAILURE",
    task_name: "shop.Mail",
    worker: "A@host",
    date_done: at("10:00:00.000001"),
  },
  { task_id: "before-half", status: "FAILURE", task_name: "shop.mail ", date_done: at("10:00:00.499999") },
  {
    task_id: "half-1",
    status: "FAILURE",
    task_name: "shop_mail",
    worker: "a@host ",
    date_done: at("10:00:00.500000"),
  },
  { task_id: "half-2", status: "FAILURE", task_name: "shop%mail", date_done: at("10:00:00.500000") },
  { task_id: "half-3", status: "RETRY", task_name: "shop[x]?mail", date_done: at("10:00:00.500000") },
  { task_id: "unnamed", status: "FAILURE", task_name: null, worker: null, date_done: at("10:00:00.999999") },
  { task_id: "umlaut", status: "SUCCESS", task_name: "Ärger.ä", worker: "ä@höst", date_done: at("10:00:01") },
  { task_id: "Case", status: "SUCCESS", task_name: "zeta.run", date_done: at("11:00:00") },
  {
    task_id: "ran-2s",
    status: "SUCCESS",
    task_name: "run.two",
    date_created: at("12:00:00"),
    date_started: at("12:00:00.250001"),
    date_done: at("12:00:02.250000"),
  },
  {
    task_id: "ran-2s-and-a-micro",
    status: "FAILURE",
    task_name: "run.two",
    date_created: at("12:00:00"),
    date_started: at("12:00:00.249999"),
    date_done: at("12:00:02.250000"),
  },
  {
    task_id: "ran-a-day",
    status: "SUCCESS",
    task_name: "run.day",
    date_created: at("12:00:00", "2026-02-28"),
    date_started: at("12:00:00", "2026-02-28"),
    date_done: at("12:00:00"),
  },
  {
    task_id: "running",
    status: "STARTED",
    task_name: "run.now",
    date_created: at("12:30:00"),
    date_started: at("12:30:00"),
    date_done: at("12:30:00"),
  },
  {
    task_id: "other-zone",
    status: "SUCCESS",
    task_name: "run.zone",
    date_created: at("12:40:00"),
    date_started: at("09:10:00"),
    date_done: at("12:40:01"),
  },
  {
    task_id: "fast-clock",
    status: "SUCCESS",
    task_name: "run.clock",
    date_created: at("12:45:00"),
    date_started: at("12:45:03"),
    date_done: at("12:45:01"),
  },
  {
    task_id: "texts",
    status: "FAILURE",
    task_name: "text.search",
    task_args: `"('it\\\\'s 100% _sure_', 'Stra\\u00dfe')"`,
    task_kwargs: `"{'Path': 'C:\\\\\\\\temp'}"`,
    result: `{"exc_type": "ValueError", "exc_message": ["R\\u00c9SUM\\u00c9 lost"], "exc_module": "builtins"}`,
    traceback: "Traceback (most recent call last):\nValueError: ÉCLAIR !important\n",
    meta: `{"children": []}`,
    worker: "text@host",
    periodic_task_name: "nightly",
    date_created: at("13:00:00.000001"),
    date_started: null,
    date_done: at("13:00:00.123456"),
  },
  { task_id: "last-micro", status: "REVOKED", task_name: "shop.mail", date_done: at("23:59:59.999999") },
  {
    task_id: "day-after",
    status: "PROGRESS",
    task_name: "shop.mail",
    date_done: at("00:00:00", "2026-03-02"),
  },
];
