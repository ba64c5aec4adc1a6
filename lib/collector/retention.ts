import { deleteActionsBefore } from "@/lib/store/actions";
import { deleteCapturedArgsBefore } from "@/lib/store/captured-args";
import { deleteEventGapsBefore } from "@/lib/store/event-gaps";
import { deleteKeptRowsBefore } from "@/lib/store/kept-rows";
import { KEPT_MS } from "@/lib/store/kept-times";
import { deleteKwargNamesBefore } from "@/lib/store/kwarg-names";
import { deleteHoursBefore, getRolledUntil } from "@/lib/store/number-hours";
import { deleteEmptySeries, deleteMinutesBefore, MINUTES_KEPT_MS } from "@/lib/store/number-minutes";
import { deleteQueueSamplesBefore, SECONDS_KEPT_MS } from "@/lib/store/queue-history";
import { deleteQueuesBefore } from "@/lib/store/queues";
import { deleteThroughputBefore } from "@/lib/store/throughput";
import { deleteUnfinishedBefore } from "@/lib/store/unfinished-tasks";
import { deleteWorkerSamplesBefore } from "@/lib/store/worker-samples";
import { deleteWorkersBefore } from "@/lib/store/workers";
import type { CollectorServices } from "./collector-services";

const DAY_MS = 86_400_000;
const WORKERS_KEPT_MS = 7 * DAY_MS;
const QUEUES_KEPT_MS = DAY_MS;
/** Rows of one statement: nobody else writes an SQLite store meanwhile. */
const CHUNK_ROWS = 2_000;

/** Deletes what is past its time, but for the tasks that ended (slice-history.ts): a bounded number of rows a statement; stops early when `signal` aborts. */
export async function deleteOldRows(
  { store, settings, signal }: Pick<CollectorServices, "store" | "settings" | "signal">,
  now: number,
): Promise<void> {
  const historyKeptMs = settings.CELERIAC_RETENTION_DAYS * DAY_MS;
  const inChunks = async (deleteChunk: (limit: number) => Promise<number>) => {
    while (!signal.aborted && (await deleteChunk(CHUNK_ROWS)) === CHUNK_ROWS);
  };
  await inChunks((limit) => deleteUnfinishedBefore(store, now - historyKeptMs, limit));
  await inChunks((limit) => deleteKeptRowsBefore(store, now - historyKeptMs, limit));
  await inChunks((limit) => deleteActionsBefore(store, now - historyKeptMs, limit));
  await inChunks((limit) => deleteCapturedArgsBefore(store, now - historyKeptMs, limit));
  await inChunks((limit) => deleteQueueSamplesBefore(store, 1, now - SECONDS_KEPT_MS, limit));
  await inChunks((limit) => deleteQueueSamplesBefore(store, 60, now - KEPT_MS.samples, limit));
  await inChunks((limit) => deleteWorkerSamplesBefore(store, now - KEPT_MS.samples, limit));
  // Not before the hour has them.
  const rolledUntil = await getRolledUntil(store);
  await inChunks((limit) => deleteMinutesBefore(store, Math.min(now - MINUTES_KEPT_MS, rolledUntil), limit));
  await inChunks((limit) => deleteHoursBefore(store, now - KEPT_MS.hours, limit));
  await deleteEmptySeries(store);
  await deleteKwargNamesBefore(store, now - KEPT_MS.hours);
  await deleteEventGapsBefore(store, now - KEPT_MS.samples);
  await deleteThroughputBefore(store, now - KEPT_MS.samples);
  await deleteWorkersBefore(store, now - WORKERS_KEPT_MS);
  await deleteQueuesBefore(store, now - QUEUES_KEPT_MS);
}
