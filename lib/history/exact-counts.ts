import { LRUCache } from "lru-cache";
import type { ResultTable } from "@/lib/results/results";
import type { HistoryCount, HistoryFilter } from "./task-history";

/** An exact count is told for so long; by then tasks have come and gone. */
const FRESH_MS = 30_000;
const MOST_KEPT = 100;
/** Counts that run at a time: each holds one of the table's few connections. */
const MOST_RUNNING = 1;

/** Exact counts that take their time, of one result table: made behind the requests that ask for them. */
class ExactCounts {
  readonly #done = new LRUCache<string, HistoryCount>({ max: MOST_KEPT, ttl: FRESH_MS });
  readonly #running = new Set<string>();

  /** The exact count where it is ready; else whether it is on its way, begun now unless others are. */
  ask(filter: HistoryFilter, count: () => Promise<HistoryCount>): HistoryCount | "counting" | null {
    const key = JSON.stringify(filter, (_, value) => (typeof value === "bigint" ? String(value) : value));
    const ready = this.#done.get(key);
    if (ready !== undefined) return ready.exact ? ready : null;
    if (!this.#running.has(key) && this.#running.size < MOST_RUNNING) {
      this.#running.add(key);
      // One that the database gave up on is not tried again at once.
      void count()
        .catch(() => ({ count: 0, exact: false }))
        .then((counted) => {
          this.#done.set(key, counted);
          this.#running.delete(key);
        });
    }
    return "counting";
  }
}

const OF_TABLES = new WeakMap<ResultTable, ExactCounts>();

/** The exact counts of a result table, the same for everybody who asks. */
export function exactCountsOf(results: ResultTable): ExactCounts {
  const known = OF_TABLES.get(results) ?? new ExactCounts();
  OF_TABLES.set(results, known);
  return known;
}
