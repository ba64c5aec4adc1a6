import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { saveWorkerSamples } from "@/lib/store/worker-samples";
import type { AnswerBook } from "./answer-book";
import type { CollectorServices } from "./collector-services";
import type { RecentRecords } from "./recent-records";

/** Of each minute the last look is kept: a loop that is late must not miss one. */
export const SAMPLE_WORKERS_EVERY_MS = 20_000;

interface WorkerSamplingParts extends Pick<CollectorServices, "store"> {
  readonly recent: RecentRecords;
  readonly book: AnswerBook;
}

/** Returns the work of one look at what the workers online use, as their heartbeats and answers have told. */
export function createWorkerSampling({ store, recent, book }: WorkerSamplingParts): () => Promise<void> {
  return async () => {
    const online = [...recent.workers.values()].filter(isWorkerOnline);
    const samples = online.map((record) => {
      const { hostname, active, processed, loadAverage } = record;
      const { pid = null, maxRssBytes = null } = book.get(record) ?? {};
      return {
        ...{ hostname, active, processed, pid: record.pid ?? pid, maxRssBytes },
        load: loadAverage?.[0] ?? null,
      };
    });
    await saveWorkerSamples(store, samples, Date.now());
  };
}
