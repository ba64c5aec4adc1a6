import { type BenchRows, doneAtOf, taskIdOf } from "./bench-rows";
import type { HistoryApi } from "./history-api";

/** Something that a person asks of the history. */
export interface HistoryCase {
  readonly what: string;
  /** Query of Celeriac's list, or path and query of another read under /api/v1/tasks. */
  readonly query: string;
  readonly isCount?: boolean;
  /** The same asked of the admin's changelist. */
  readonly admin?: string;
  readonly goal: string;
  /** Rows of the page, where that is known. */
  readonly shown?: number;
}

const FAST = "200 ms";
const PAGE = 100;

/** What is measured; some begin after a cursor, which is asked for first. */
export async function listCases(api: HistoryApi, rows: BenchRows): Promise<readonly HistoryCase[]> {
  const full = Math.min(PAGE, rows.count);
  const at = (part: number) => doneAtOf(rows, Math.floor(rows.count * part));
  const month = { from: at(0.5), to: at(0.583) };
  const dates = `from=${month.from}&to=${month.to}`;
  const someId = taskIdOf(Math.floor(rows.count * 0.37));
  const after = async (query: string) => encodeURIComponent((await api.list(query)).nextCursor ?? "");
  // The admin's last page holds the rest of the rows; ours begins where that one does.
  const lastPage = Math.ceil(rows.count / PAGE);
  const lastShown = rows.count - (lastPage - 1) * PAGE;
  const deepCursor = await after(`to=${doneAtOf(rows, lastShown + PAGE + 1)}`);
  const none = encodeURIComponent("no task holds this");
  return [
    { what: "page one", query: "", admin: "", goal: "20 ×", shown: full },
    {
      what: "failed in a month of the past",
      query: `state=FAILURE&${dates}`,
      admin: `status__exact=FAILURE&date_done__gte=${enc(month.from)}&date_done__lt=${enc(month.to)}`,
      goal: "20 ×",
    },
    { what: "the deepest page", query: `cursor=${deepCursor}`, admin: `p=${lastPage}`, goal: "40 ×" },
    { what: "a search that finds nothing", query: `q=${none}`, admin: `q=${none}`, goal: "0.5 s", shown: 0 },
    { what: "a full task id as search", query: `q=${someId}`, admin: `q=${someId}`, goal: "50 ms", shown: 1 },
    { what: "page two", query: `cursor=${await after("")}`, goal: FAST, shown: full },
    { what: "failed", query: "state=FAILURE", goal: FAST },
    { what: "a state that no row has", query: "state=REVOKED", goal: FAST, shown: 0 },
    { what: "a name", query: "name=shop.tasks.kind_07", goal: FAST },
    { what: "a name by wildcard", query: "name=*.kind_1*", goal: FAST },
    { what: "a name that no row has", query: "name=shop.tasks.gone", goal: FAST, shown: 0 },
    { what: "a worker", query: "worker=worker-03@host", goal: FAST },
    { what: "a worker that no row has", query: "worker=gone@host", goal: FAST, shown: 0 },
    { what: "a queue (known from events alone)", query: "queue=celery", goal: "0.5 s" },
    {
      what: "name, worker, state and dates",
      query: `name=shop.tasks.kind_07&worker=worker-03@host&state=FAILURE&${dates}`,
      goal: FAST,
    },
    {
      what: "text that many hold",
      query: "q=GatewayError",
      goal: "0.5 s",
      shown: Math.min(PAGE, Math.floor(rows.count / 10)),
    },
    { what: "oldest first", query: "sort=finishedAt", goal: FAST, shown: full },
    { what: "slowest first", query: "sort=-runtime", goal: "2 s", shown: full },
    {
      what: "slowest first, page two",
      query: `sort=-runtime&cursor=${await after("sort=-runtime")}`,
      goal: "2 s",
    },
    { what: "slowest first of a month", query: `sort=-runtime&${dates}`, goal: "2 s" },
    { what: "by name", query: "sort=name", goal: FAST, shown: full },
    {
      what: "by name, page two",
      query: `sort=name&cursor=${await after("sort=name")}`,
      goal: FAST,
      shown: full,
    },
    { what: "by name, failed", query: "sort=name&state=FAILURE", goal: FAST },
    { what: "how many", query: "", isCount: true, goal: "0.5 s" },
    { what: "how many failed", query: "state=FAILURE", isCount: true, goal: "0.5 s" },
    { what: "how many of a name", query: "name=shop.tasks.kind_07", isCount: true, goal: "0.5 s" },
    { what: "how many hold a text", query: `q=${none}`, isCount: true, goal: "0.5 s" },
  ];
}

function enc(text: string): string {
  return encodeURIComponent(text.replace("T", " ").replace("Z", "+00:00"));
}
