import type { AnswerBook } from "./answer-book";
import type { CollectorServices } from "./collector-services";
import { DIAGNOSE_EVERY_MS, type Diagnosis } from "./diagnosis";
import type { EventBuffer } from "./event-buffer";
import type { EventWriter } from "./event-writer";
import type { RecentRecords } from "./recent-records";
import { repeat } from "./repeat";
import { GREET_EVERY_MS, WorkerInquiry } from "./worker-inquiry";
import { createWorkerSampling, SAMPLE_WORKERS_EVERY_MS } from "./worker-sampling";
import { WATCH_EVERY_MS, WorkerWatch } from "./worker-watch";

interface WorkerParts {
  readonly buffer: EventBuffer;
  readonly recent: RecentRecords;
  readonly writer: EventWriter;
  readonly book: AnswerBook;
  readonly diagnosis: Diagnosis;
}

/** Asks the workers, notices those that fall silent, keeps what they use and says what is wrong with them, until `signal` aborts. */
export async function mindWorkers(services: CollectorServices, parts: WorkerParts): Promise<void> {
  const { broker, store, settings, logger, signal } = services;
  const { buffer, recent, writer, book, diagnosis } = parts;
  const put: EventWriter["putWorkers"] = (records) => writer.putWorkers(records);
  const mayEnableEvents = settings.CELERIAC_ENABLE_EVENTS && !settings.CELERIAC_READ_ONLY;
  const inquiry = new WorkerInquiry({ broker, store, recent, book, mayEnableEvents, put });
  const watch = new WorkerWatch({
    ...{ broker, recent, put },
    isSubscribed: () => buffer.isOpen,
    oldestUnread: () => writer.oldestReceivedAt,
    isSolo: (hostname) => book.isSolo(hostname),
  });
  const sample = createWorkerSampling({ store, recent, book });
  const loop = { logger, signal, endsAtOnce: true };
  await Promise.all([
    repeat({ ...loop, name: "workers", everyMs: () => inquiry.everyMs(), work: () => inquiry.ask() }),
    repeat({ ...loop, name: "new workers", everyMs: GREET_EVERY_MS, work: () => inquiry.greet() }),
    repeat({ ...loop, name: "silent workers", everyMs: WATCH_EVERY_MS, work: () => watch.look() }),
    repeat({ ...loop, name: "worker samples", everyMs: SAMPLE_WORKERS_EVERY_MS, work: sample }),
    repeat({
      ...{ ...loop, name: "diagnosis", everyMs: DIAGNOSE_EVERY_MS },
      work: () => diagnosis.look(inquiry.rounds),
    }),
  ]);
}
