import { setMaxListeners } from "node:events";
import { followOutcomes } from "@/lib/redispatch/run/follow-outcomes";
import { runBatches } from "@/lib/redispatch/run/run-batches";
import type { CollectorStatus } from "@/lib/store/collector-status";
import { saveCollectorStatus } from "@/lib/store/collector-status";
import { noteListening } from "@/lib/store/listening";
import { AnswerBook } from "./answer-book";
import { ArgsCapture, CAPTURE_EVERY_MS } from "./args-capture";
import type { CollectorServices } from "./collector-services";
import { Diagnosis } from "./diagnosis";
import { EventBuffer } from "./event-buffer";
import { EventWriter } from "./event-writer";
import { GapWatch } from "./gap-watch";
import { type KnownCluster, readKnownCluster } from "./known-cluster";
import { mindGaps } from "./mind-gaps";
import { mindWorkers } from "./mind-workers";
import { KwargWatch } from "./numbers/kwarg-watch";
import { NumberKeeper } from "./numbers/number-keeper";
import { createQueueSampling } from "./queue-sampling";
import { RecentRecords } from "./recent-records";
import { repeat } from "./repeat";
import { ResultNotices } from "./result-notices";
import { deleteOldRows } from "./retention";
import { SentTasks } from "./sent-tasks";
import { sliceHistory } from "./slice-history";
import { StartCount } from "./start-count";
import { WantedArgs } from "./wanted-args";

const MAX_LOOPS = 50;
/** At most so long an event waits for being written; with the web's look at the changes that is what a screen lags behind. */
const FLUSH_EVERY_MS = 100;
const SAMPLE_EVERY_MS = 1_000;
const STATUS_EVERY_MS = 1_000;
/** What a collector that is killed loses of the numbers at most. */
const NUMBERS_EVERY_MS = 10_000;
const RETENTION_EVERY_MS = 600_000;
/** At the highest rates a slice is full within minutes. */
const SLICES_EVERY_MS = 10_000;
/** The supervisor kills what has not ended after 4.5 s. */
const LAST_FLUSH_MS = 3_000;

/**
 * The work of the active collector: takes events in, looks at queues and workers, reports, cleans up and runs batches,
 * until `signal` aborts; then it writes what is still in memory. Broker and store may go away and come back meanwhile.
 */
export async function runCollector(services: CollectorServices): Promise<void> {
  const { store, backend, settings, logger, signal } = services;
  // Each loop listens for the end, which is no leak.
  setMaxListeners(MAX_LOOPS, signal);
  const known = await readKnownCluster(services);
  if (known === null) return;
  const parts = createParts(services, known);
  const { capture, notices } = parts;
  const startedAt = Date.now();
  const loop = { logger, signal };

  const report = () => saveCollectorStatus(store, describe(services, parts, startedAt), Date.now());
  await Promise.all([
    notices && backend?.subscribeResults?.((...notice) => notices.add(...notice), signal),
    takeEventsIn(services, parts, known),
    repeat({ ...loop, name: "queues", everyMs: SAMPLE_EVERY_MS, endsAtOnce: true, work: parts.sample }),
    mindWorkers(services, parts),
    mindGaps(services, parts),
    capture &&
      repeat({
        ...loop,
        ...{ name: "capture", everyMs: CAPTURE_EVERY_MS, endsAtOnce: true },
        work: () => capture.capture(),
      }),
    repeat({ ...loop, name: "status", everyMs: STATUS_EVERY_MS, work: report }),
    repeat({
      ...loop,
      ...{ name: "retention", everyMs: RETENTION_EVERY_MS },
      work: () => deleteOldRows(services, Date.now()),
    }),
    repeat({
      ...loop,
      ...{ name: "slices", everyMs: SLICES_EVERY_MS },
      work: () => sliceHistory(services, Date.now()),
    }),
    runBatches(services),
    followOutcomes({ ...services, redact: settings.CELERIAC_REDACT }),
  ]);
  await report().catch((error: unknown) => logger.warn({ error: String(error) }, "the last status is lost"));
}

/** From the broker through the buffer into the store, to the last event. */
async function takeEventsIn(
  { store, broker, logger, signal }: CollectorServices,
  { buffer, writer, gaps, numbers, kwargs }: Pick<Parts, "buffer" | "writer" | "gaps" | "numbers" | "kwargs">,
  { identity, heardUntil }: KnownCluster,
): Promise<void> {
  const subscription = broker.subscribeEvents((body, at) => buffer.add(body, at), signal, {
    keepAs: identity,
    onLost: (count, isMinimum) => buffer.noteLost(count, isMinimum),
    heardUntil,
    onUnheard: (...time) => gaps.noteUnheard(...time),
    onFlood: (isFlood) => {
      buffer.isFlooded = isFlood;
    },
    room: () => buffer.room,
    // Workers say at once who they are, as to Celery's own receivers (celery-wire.md D.1).
    wakeWorkers: true,
  });
  void subscription.then(() => {
    buffer.isOpen = true;
    logger.info("takes events in");
  });
  const { doorbell } = buffer;
  const saveNumbers = async () => {
    await numbers.save(Date.now());
    await kwargs.save(store);
    if (buffer.isOpen && broker.getStatus().connected) await noteListening(store, Date.now());
  };
  await Promise.all([
    subscription,
    repeat({ name: "numbers", everyMs: NUMBERS_EVERY_MS, work: saveNumbers, logger, signal }),
    repeat({ name: "events", everyMs: FLUSH_EVERY_MS, work: () => writer.flush(), doorbell, logger, signal }),
  ]);
  // Nothing comes in any more; what came in must not be lost.
  const flushed = new AbortController();
  const work = async () => {
    await writer.flushAll();
    await saveNumbers();
    flushed.abort();
  };
  const end = AbortSignal.any([flushed.signal, AbortSignal.timeout(LAST_FLUSH_MS)]);
  await repeat({ name: "last events", everyMs: 0, endsAtOnce: true, work, logger, signal: end });
  const { received, dropped, size: lost } = buffer;
  if (flushed.signal.aborted) logger.info({ received, dropped }, "all events are in the store");
  else logger.error({ received, dropped, lost }, "events lost: the store is away");
}

function createParts(services: CollectorServices, known: KnownCluster) {
  const { store, broker, backend, settings } = services;
  const recent = new RecentRecords();
  for (const record of known.workers) recent.workers.set(record.hostname, record);
  const buffer = new EventBuffer();
  const sent = new SentTasks();
  const wanted = settings.CELERIAC_CAPTURE_ARGS ? new WantedArgs() : null;
  const notices = backend?.subscribeResults ? new ResultNotices() : null;
  const numbers = new NumberKeeper(store, services.signal);
  const kwargs = new KwargWatch();
  const gaps = new GapWatch(store, buffer, Date.now());
  const starts = new StartCount((missed) => gaps.noteMissed(missed));
  const writer = new EventWriter({ store, buffer, recent, sent, starts, numbers, kwargs, wanted, notices });
  const book = new AnswerBook(known);
  const sample = createQueueSampling({
    ...{ broker, store, settings, sent },
    knownQueues: () => [...known.queues, ...book.queueNames()],
  });
  const capture =
    wanted &&
    new ArgsCapture({
      ...{ broker, store, wanted },
      acceptContentOf: (hostname) => book.acceptContentOf(hostname),
    });
  const diagnosis = new Diagnosis(services);
  return { buffer, recent, writer, gaps, numbers, kwargs, book, sample, capture, notices, diagnosis };
}

type Parts = ReturnType<typeof createParts>;

function describe(
  { broker }: CollectorServices,
  { writer, buffer, diagnosis }: Pick<Parts, "writer" | "buffer" | "diagnosis">,
  startedAt: number,
): CollectorStatus {
  const now = Date.now();
  const oldest = writer.oldestReceivedAt;
  const lastEventAt = buffer.lastReceivedAt;
  const lagSeconds = oldest === null ? 0 : (now - oldest) / 1000;
  return {
    ...{ lastEventAt, startedAt, broker: broker.getStatus() },
    eventsPerSecond: writer.eventsPerSecond(now),
    malformedEvents: writer.malformed,
    droppedEvents: buffer.dropped,
    isDroppedMinimum: buffer.uncounted > 0,
    lagSeconds: lastEventAt === null ? null : lagSeconds,
    stuckTasks: diagnosis.stuckTasks,
  };
}
