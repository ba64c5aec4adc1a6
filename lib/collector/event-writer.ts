import { isTaskEvent } from "@/lib/celery/celery-event";
import type { TaskRecord } from "@/lib/celery/task-record";
import { isFinalState } from "@/lib/celery/task-state";
import type { WorkerRecord } from "@/lib/celery/worker-record";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import { toSortAt } from "@/lib/store/task-row";
import { writeEventChanges } from "@/lib/store/write-events";
import type { EventBuffer } from "./event-buffer";
import { BATCH_EVENTS, type DecodedEvents, EventDecoder } from "./event-decoder";
import { type FoldedEvents, foldEvents } from "./fold-events";
import { foldResults, type ToldResult } from "./fold-results";
import { loadTasks } from "./load-tasks";
import type { KwargWatch } from "./numbers/kwarg-watch";
import type { NumberKeeper } from "./numbers/number-keeper";
import type { RecentRecords } from "./recent-records";
import type { ResultNotices } from "./result-notices";
import type { SentTasks } from "./sent-tasks";
import type { StartCount } from "./start-count";
import type { WantedArgs } from "./wanted-args";
import { WorkerWriter } from "./worker-writer";

const NO_EVENTS = { events: [], receivedAt: null } as const;
/** Folded in one go. */
const SLICE_EVENTS = 500;
/** Batches that are folded and not written: one is being written while the next is made. */
const MAX_UNWRITTEN = 2;

interface EventWriterParts {
  readonly store: Store;
  readonly buffer: EventBuffer;
  readonly recent: RecentRecords;
  readonly sent: SentTasks;
  /** Told of each event once it is folded. */
  readonly numbers: NumberKeeper;
  /** Told of each event. */
  readonly kwargs: KwargWatch;
  /** Told of each event. */
  readonly starts: StartCount;
  /** Told of each event, where args are captured. */
  readonly wanted: WantedArgs | null;
  /** Ends that a result backend tells, for tasks that no event tells of. */
  readonly notices: ResultNotices | null;
}

/** What one batch is made of. */
interface DecodedBatch extends DecodedEvents {
  readonly results: readonly ToldResult[];
  /** Called once the batch is in the store. */
  readonly onWritten: () => void;
}

/** A batch that waits for being written. */
interface FoldedBatch
  extends Pick<DecodedBatch, "upTo" | "receivedAt" | "onWritten">,
    Omit<FoldedEvents, "workers"> {
  /** What the store has of these tasks once the batches before this one are written. */
  readonly known: ReadonlyMap<string, TaskRecord>;
}

/** Decodes and folds what waits in the buffer and writes it, a batch at a time: while one is written, the next one is made. */
export class EventWriter {
  readonly #parts: EventWriterParts;
  readonly #decoder: EventDecoder;
  /** Taken out of the buffer and not yet folded. */
  #decoded: DecodedBatch | null = null;
  /** In order; the first is written first. Each stays until it is in the store. */
  readonly #unwritten: FoldedBatch[] = [];
  /** Ends that were found elsewhere, and who waits for them. */
  readonly #found: Pick<DecodedBatch, "results" | "onWritten">[] = [];
  readonly #workers: WorkerWriter;

  constructor(parts: EventWriterParts) {
    this.#parts = parts;
    this.#decoder = new EventDecoder(parts.buffer);
    this.#workers = new WorkerWriter(parts.store);
  }

  /** Events, or whole messages, that made no sense, since the start. */
  get malformed(): number {
    return this.#decoder.malformed;
  }

  /** Events a second, mean of the ten full seconds before `now` (epoch ms). */
  eventsPerSecond(now: number): number {
    return this.#decoder.meter.perSecond(now);
  }

  /** Epoch ms at which the event that waits longest came, or null when all are in the store. */
  get oldestReceivedAt(): number | null {
    const batch = this.#unwritten[0] ?? this.#decoded;
    return batch?.receivedAt ?? this.#parts.buffer.oldestReceivedAt;
  }

  /**
   * Writes what waits in the buffer now. Rejects when the store is away: then nothing is lost, the next call goes on where this
   * one stopped, and meanwhile the buffer fills.
   */
  async flush(): Promise<void> {
    const { buffer } = this.#parts;
    const upTo = buffer.taken + buffer.size;
    do {
      await this.#decode(upTo);
      await this.#foldAndWrite(upTo);
    } while (buffer.taken < upTo || this.#decoded !== null || this.#unwritten.length > 0);
    await this.#workers.writeWhenDue();
  }

  /** Writes all that waits, workers too. */
  async flushAll(): Promise<void> {
    do {
      await this.flush();
    } while (this.#parts.buffer.size > 0);
    await this.#workers.write();
  }

  /** Takes in records that something else than an event changed, and has them written at once. */
  putWorkers(records: readonly WorkerRecord[]): void {
    for (const record of records) {
      this.#parts.recent.workers.set(record.hostname, record);
      this.#workers.note(record);
    }
    this.#workers.hurry();
    this.#parts.buffer.doorbell.ring();
  }

  /** Takes in ends that no event told, some thousands at most; resolves once they are in the store. */
  putResults(results: readonly ToldResult[]): Promise<void> {
    return new Promise((resolve) => {
      this.#found.push({ results, onWritten: resolve });
      this.#parts.buffer.doorbell.ring();
    });
  }

  /** Makes the next batch, of messages up to `upTo`, unless there is one. */
  async #decode(upTo: number): Promise<void> {
    if (this.#decoded !== null) return;
    const { buffer, sent, kwargs, starts, wanted } = this.#parts;
    const decoded = await this.#decoder.decode(upTo);
    const { results: found = [], onWritten = () => undefined } = this.#found.shift() ?? {};
    const results = [...found, ...this.#takeNotices()];
    if (decoded === null && results.length === 0) return onWritten();
    const { events } = decoded ?? NO_EVENTS;
    sent.note(events);
    kwargs.note(events);
    starts.note(events);
    wanted?.note(events);
    this.#decoded = { ...(decoded ?? { ...NO_EVENTS, upTo: buffer.taken }), results, onWritten };
  }

  #takeNotices(): readonly ToldResult[] {
    const { notices } = this.#parts;
    const isTold = (id: string) => isFinalState(this.#taskOf(id)?.state ?? "PENDING");
    return notices?.takeDue(Date.now(), BATCH_EVENTS, isTold) ?? [];
  }

  /** Writes the batch that was folded before, while the one that is decoded is folded and the next one decoded. */
  async #foldAndWrite(upTo: number): Promise<void> {
    const batch = this.#unwritten.length < MAX_UNWRITTEN ? this.#decoded : null;
    const known = batch && (await this.#listKnown(batch));
    const [first] = this.#unwritten;
    const written = first && this.#write(first);
    // It is awaited below; meanwhile its failure is no unhandled one.
    written?.catch(() => undefined);
    if (batch !== null && known !== null) {
      this.#unwritten.push(await this.#fold(batch, known));
      this.#decoded = null;
      await this.#decode(upTo);
    }
    await written;
  }

  /** What is known of the tasks that the events and results are about, before any of them; read where it is not at hand. */
  async #listKnown({ events, results }: DecodedBatch): Promise<ReadonlyMap<string, TaskRecord>> {
    const ids = new Set(events.flatMap(({ event }) => (isTaskEvent(event) ? [event.uuid] : [])));
    for (const { taskId } of results) ids.add(taskId);
    const known = new Map<string, TaskRecord>();
    for (const id of ids) {
      const record = this.#taskOf(id);
      if (record !== null) known.set(id, record);
    }
    const missing = [...ids].filter((id) => !known.has(id));
    return new Map([...known, ...(await loadTasks(this.#parts.store, missing))]);
  }

  /** In slices: meanwhile what is written goes on, and the socket is drained. */
  async #fold(
    { events, results, ...batch }: DecodedBatch,
    known: ReadonlyMap<string, TaskRecord>,
  ): Promise<FoldedBatch> {
    const { numbers } = this.#parts;
    const tasks = new Map<string, TaskRecord>();
    const task = (id: string) => tasks.get(id) ?? known.get(id) ?? null;
    const worker = (hostname: string) => this.#parts.recent.workers.get(hostname) ?? null;
    const onEnd = (record: TaskRecord, receivedAt: number) => numbers.noteEnd(record, receivedAt);
    const folded: FoldedEvents[] = [];
    for (let start = 0; start === 0 || start < events.length; start += SLICE_EVENTS) {
      const slice = events.slice(start, start + SLICE_EVENTS);
      const changes = foldEvents(slice, { task, worker }, (change) => numbers.note(change));
      const ends = start + SLICE_EVENTS >= events.length ? results : [];
      const part = foldResults(changes, ends, { task, onEnd });
      this.#remember(part);
      for (const [id, record] of part.tasks) tasks.set(id, record);
      folded.push(part);
      await this.#decoder.letMessagesIn();
    }
    const taskTypes = folded.flatMap((part) => part.taskTypes);
    const throughput = folded.flatMap((part) => part.throughput);
    return { ...batch, tasks, known, taskTypes, throughput };
  }

  #remember({ tasks, workers }: FoldedEvents): void {
    const { recent } = this.#parts;
    for (const [hostname, record] of workers) {
      recent.workers.set(hostname, record);
      this.#workers.note(record);
    }
    for (const [id, record] of tasks) recent.tasks.set(id, record);
  }

  /** What is known of a task: what is not written yet is so even when it is no longer among the recent ones. */
  #taskOf(id: string): TaskRecord | null {
    const recent = this.#parts.recent.tasks.get(id);
    if (recent !== undefined) return recent;
    return this.#unwritten.findLast(({ tasks }) => tasks.has(id))?.tasks.get(id) ?? null;
  }

  async #write({ tasks, known, upTo, onWritten, ...counts }: FoldedBatch): Promise<void> {
    const { store, buffer } = this.#parts;
    const writes = [...tasks].map(([id, record]) => {
      const stored = known.get(id);
      return { record, storedAt: stored ? toSortAt(stored) : null };
    });
    await writeEventChanges(store, { ...counts, tasks: writes });
    this.#unwritten.shift();
    buffer.noteStored(upTo);
    onWritten();
    if (tasks.size > 0) await bumpTopics(store, ["tasks"]);
  }
}
