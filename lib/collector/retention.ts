import { deleteActionsBefore } from "@/lib/store/actions";
import { deleteCapturedArgsBefore } from "@/lib/store/captured-args";
import { deleteEventGapsBefore } from "@/lib/store/event-gaps";
import { deleteKeptRowsBefore } from "@/lib/store/kept-rows";
import { deleteQueueSamplesBefore, SECONDS_KEPT_MS } from "@/lib/store/queue-history";
import { deleteQueuesBefore } from "@/lib/store/queues";
import { deleteTasksBefore } from "@/lib/store/tasks";
import { deleteThroughputBefore } from "@/lib/store/throughput";
import { deleteWorkerSamplesBefore } from "@/lib/store/worker-samples";
import { deleteWorkersBefore } from "@/lib/store/workers";
import type { CollectorServices } from "./collector-services";

const DAY_MS = 86_400_000;
const MINUTES_KEPT_MS = 30 * DAY_MS;
const WORKERS_KEPT_MS = 7 * DAY_MS;
const QUEUES_KEPT_MS = DAY_MS;
/** Rows of one statement: nobody else writes an SQLite store meanwhile. */
const CHUNK_ROWS = 2_000;

/** Deletes what is past its time, a bounded number of rows a statement; stops early when `signal` aborts. */
export async function deleteOldRows(
  { store, settings, signal }: Pick<CollectorServices, "store" | "settings" | "signal">,
  now: number,
): Promise<void> {
  const historyKeptMs = settings.CELERIAC_RETENTION_DAYS * DAY_MS;
  const inChunks = async (deleteChunk: (limit: number) => Promise<number>) => {
    while (!signal.aborted && (await deleteChunk(CHUNK_ROWS)) === CHUNK_ROWS);
  };
  await inChunks((limit) => deleteTasksBefore(store, now - historyKeptMs, limit));
  await inChunks((limit) => deleteKeptRowsBefore(store, now - historyKeptMs, limit));
  await inChunks((limit) => deleteActionsBefore(store, now - historyKeptMs, limit));
  await inChunks((limit) => deleteCapturedArgsBefore(store, now - historyKeptMs, limit));
  await inChunks((limit) => deleteQueueSamplesBefore(store, 1, now - SECONDS_KEPT_MS, limit));
  await inChunks((limit) => deleteQueueSamplesBefore(store, 60, now - MINUTES_KEPT_MS, limit));
  await inChunks((limit) => deleteWorkerSamplesBefore(store, now - MINUTES_KEPT_MS, limit));
  await deleteEventGapsBefore(store, now - MINUTES_KEPT_MS);
  await deleteThroughputBefore(store, now - MINUTES_KEPT_MS);
  await deleteWorkersBefore(store, now - WORKERS_KEPT_MS);
  await deleteQueuesBefore(store, now - QUEUES_KEPT_MS);
}
