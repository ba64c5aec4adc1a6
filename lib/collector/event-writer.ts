import { isTaskEvent } from "@/lib/celery/celery-event";
import { decodeEventMessage } from "@/lib/celery/events/decode-event-message";
import { isFinalState } from "@/lib/celery/task-state";
import type { WorkerRecord } from "@/lib/celery/worker-record";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import { noteTaskTypes } from "@/lib/store/task-types";
import { listTasksById, upsertTasks } from "@/lib/store/tasks";
import { addThroughput } from "@/lib/store/throughput";
import { upsertWorkers } from "@/lib/store/workers";
import type { BufferedMessage, EventBuffer } from "./event-buffer";
import { type FoldedEvents, foldEvents, type ReceivedEvent } from "./fold-events";
import { foldResults, type ToldResult } from "./fold-results";
import type { KwargWatch } from "./numbers/kwarg-watch";
import type { NumberKeeper } from "./numbers/number-keeper";
import { RateMeter } from "./rate-meter";
import type { RecentRecords } from "./recent-records";
import type { ResultNotices } from "./result-notices";
import type { SentTasks } from "./sent-tasks";
import type { WantedArgs } from "./wanted-args";

const BATCH_MESSAGES = 2_000;
/** A heartbeat or a task's event changes a worker's record: many a second, of which nobody needs each. */
const WORKERS_EVERY_MS = 1_000;

interface EventWriterParts {
  readonly store: Store;
  readonly buffer: EventBuffer;
  readonly recent: RecentRecords;
  readonly sent: SentTasks;
  /** Told of each event once it is folded. */
  readonly numbers: NumberKeeper;
  /** Told of each event. */
  readonly kwargs: KwargWatch;
  /** Told of each event, where args are captured. */
  readonly wanted: WantedArgs | null;
  /** Ends that a result backend tells, for tasks that no event tells of. */
  readonly notices: ResultNotices | null;
}

/** Decodes and folds what waits in the buffer and writes the outcome, a batch at a time. */
export class EventWriter {
  readonly meter = new RateMeter();
  readonly #parts: EventWriterParts;
  /** Events that were taken out of the buffer and not yet folded, because the store was away. */
  #decoded: readonly ReceivedEvent[] = [];
  #results: readonly ToldResult[] = [];
  /** What is left to write of the batch at hand; each step goes when it is done, so that none is done twice. */
  #steps: (() => Promise<void>)[] = [];
  #workers = new Map<string, WorkerRecord>();
  #workersWrittenAt = Number.NEGATIVE_INFINITY;
  #batchReceivedAt: number | null = null;
  #malformed = 0;

  constructor(parts: EventWriterParts) {
    this.#parts = parts;
  }

  /** Events, or whole messages, that made no sense, since the start. */
  get malformed(): number {
    return this.#malformed;
  }

  /** Epoch ms at which the event that waits longest came, or null when all are in the store. */
  get oldestReceivedAt(): number | null {
    return this.#batchReceivedAt ?? this.#parts.buffer.oldestReceivedAt;
  }

  /**
   * Writes what waits, until little is left. Rejects when the store is away: then nothing is lost, the next call goes
   * on where this one stopped, and meanwhile the buffer fills.
   */
  async flush(): Promise<void> {
    do {
      await this.#writeBatch();
    } while (this.#parts.buffer.size >= BATCH_MESSAGES);
  }

  /** Writes all that waits, workers too. */
  async flushAll(): Promise<void> {
    do {
      await this.#writeBatch();
    } while (this.#parts.buffer.size > 0);
    await this.#writeWorkers();
  }

  /** Takes in records that something else than an event changed, and has them written at once. */
  putWorkers(records: readonly WorkerRecord[]): void {
    for (const record of records) {
      this.#parts.recent.workers.set(record.hostname, record);
      this.#workers.set(record.hostname, record);
    }
    this.#workersWrittenAt = Number.NEGATIVE_INFINITY;
    this.#parts.buffer.doorbell.ring();
  }

  async #writeBatch(): Promise<void> {
    const { buffer } = this.#parts;
    if (this.#steps.length === 0) {
      if (this.#decoded.length === 0) {
        this.#batchReceivedAt = buffer.oldestReceivedAt;
        this.#decoded = this.#decode(buffer.take(BATCH_MESSAGES));
        this.#results = [...this.#results, ...this.#takeResults()];
      }
      await this.#fold();
    }
    for (let step = this.#steps[0]; step !== undefined; step = this.#steps[0]) {
      await step();
      this.#steps.shift();
    }
    buffer.noteStored();
    this.#batchReceivedAt = null;
    if (performance.now() - this.#workersWrittenAt >= WORKERS_EVERY_MS) await this.#writeWorkers();
  }

  #decode(messages: readonly BufferedMessage[]): readonly ReceivedEvent[] {
    const decoded: ReceivedEvent[] = [];
    for (const { body, receivedAt } of messages) {
      const { events, malformed } = decodeEventMessage(body);
      this.#malformed += malformed;
      this.meter.add(events.length, receivedAt);
      for (const event of events) decoded.push({ event, receivedAt });
    }
    this.#parts.sent.note(decoded);
    this.#parts.kwargs.note(decoded);
    this.#parts.wanted?.note(decoded);
    return decoded;
  }

  #takeResults(): readonly ToldResult[] {
    const { notices, recent } = this.#parts;
    const isTold = (id: string) => isFinalState(recent.tasks.get(id)?.state ?? "PENDING");
    return notices?.takeDue(Date.now(), BATCH_MESSAGES - this.#results.length, isTold) ?? [];
  }

  async #fold(): Promise<void> {
    if (this.#decoded.length === 0 && this.#results.length === 0) return;
    const { store, recent, numbers } = this.#parts;
    await this.#loadMissing();
    const knownTask = (id: string) => recent.tasks.get(id) ?? null;
    const events = foldEvents(
      this.#decoded,
      { task: knownTask, worker: (hostname) => recent.workers.get(hostname) ?? null },
      (change) => numbers.note(change),
    );
    const folded = foldResults(events, this.#results, {
      task: knownTask,
      onEnd: (record, receivedAt) => numbers.noteEnd(record, receivedAt),
    });
    for (const [hostname, record] of folded.workers) {
      recent.workers.set(hostname, record);
      this.#workers.set(hostname, record);
    }
    for (const [id, record] of folded.tasks) recent.tasks.set(id, record);
    this.#steps = listSteps(store, folded);
    this.#decoded = [];
    this.#results = [];
  }

  /** Reads the tasks that the events and results are about and that are not at hand: one query a batch. */
  async #loadMissing(): Promise<void> {
    const { store, recent } = this.#parts;
    const missing = new Set<string>();
    for (const { event } of this.#decoded) {
      if (isTaskEvent(event) && !recent.tasks.has(event.uuid)) missing.add(event.uuid);
    }
    for (const { taskId } of this.#results) if (!recent.tasks.has(taskId)) missing.add(taskId);
    const ids = [...missing];
    for (let start = 0; start < ids.length; start += 5_000) {
      for (const [id, record] of await listTasksById(store, ids.slice(start, start + 5_000))) {
        recent.tasks.set(id, record);
      }
    }
  }

  async #writeWorkers(): Promise<void> {
    if (this.#workers.size === 0) return;
    const workers = this.#workers;
    await upsertWorkers(this.#parts.store, [...workers.values()]);
    // What changed during the write waits for the next one.
    for (const [hostname, record] of workers) {
      if (this.#workers.get(hostname) === record) this.#workers.delete(hostname);
    }
    this.#workersWrittenAt = performance.now();
    await bumpTopics(this.#parts.store, ["workers"]);
  }
}

function listSteps(store: Store, folded: FoldedEvents): (() => Promise<void>)[] {
  return [
    () => upsertTasks(store, [...folded.tasks.values()]),
    () => noteTaskTypes(store, folded.taskTypes),
    () => addThroughput(store, folded.throughput),
    () => bumpTopics(store, folded.tasks.size > 0 ? ["tasks"] : []),
  ];
}
