import { AppError, type ErrorCode } from "@/lib/errors";
import { abandonChunk, beginChunk, settleChunk } from "@/lib/store/batch-chunks";
import type { BatchHold } from "@/lib/store/batch-hold";
import { listWaitingItems } from "@/lib/store/batch-items";
import { releaseBatch } from "@/lib/store/batch-lease";
import type { BatchRecord } from "@/lib/store/batch-record";
import { failBatch, getBatch, setBatchError, setBatchWaitsFor } from "@/lib/store/batches";
import { createPacer, type Pacer } from "../pacer";
import { createBackoff } from "./backoff";
import { createChunkSize } from "./chunk-size";
import { type CutChunk, cutChunk } from "./cut-chunk";
import type { DispatchServices } from "./dispatch-services";
import type { PreparedRun } from "./item-buffer";
import { ItemPreparer } from "./item-preparer";
import { type KeptLease, keepLease } from "./keep-lease";
import { mendChunk } from "./mend-chunk";
import { noteLostTasks } from "./note-lost-tasks";
import { pause } from "./pause";
import type { PreparedItem } from "./prepare-items";
import { lookForRoom } from "./queue-room";
import { type ChunkFates, sendChunk } from "./send-chunk";
import { createTopicBumper, type TopicBumper } from "./topic-bumper";

/** Longest time between two looks at the batch: a pause or a resume must be noticed within a second. */
const LOOK_MS = 400;
/** Between two looks at a queue that is nearly full. */
const ROOM_LOOK_MS = 50;
/** Tasks that go at once into a queue that is to stay short: it is overshot by less than this. */
const SMALL_CHUNK = 100;
const WAIT_CAP_MS = 3_000;
/** Unexpected failures in a row after which the batch is given up until a person resumes it. */
const MAX_FAILURES = 5;
const NOTHING_LEFT: ChunkFates = { sent: [], unsent: [], unknown: [] };

/** What waiting cures. */
const AWAY: readonly ErrorCode[] = [
  "broker_unavailable",
  "results_unavailable",
  "store_unavailable",
  "conflict",
];

/**
 * Runs a batch that `hold` has claimed until it is done, paused, cancelled, lost to another collector or `signal`
 * aborts. Waits with back-off while the broker or a database is away, and says so in the batch's error. Never rejects.
 */
export async function runBatch(services: DispatchServices, hold: BatchHold): Promise<void> {
  const run = new BatchRun(services, hold);
  const backoff = createBackoff(WAIT_CAP_MS);
  while (!services.signal.aborted) {
    try {
      if ((await run.step()) === "over") break;
      backoff.reset();
    } catch (error) {
      const waitMs = backoff.next();
      await run.noteFailure(error, backoff.failures);
      await pause(waitMs, services.signal);
    }
  }
  await run.end();
}

/** A chunk that this process began, and what it knows of its tasks. */
interface BegunChunk {
  readonly position: number;
  readonly end: number;
  readonly fates: ChunkFates;
}

class BatchRun {
  readonly #services: DispatchServices;
  readonly #hold: BatchHold;
  readonly #lease: KeptLease;
  readonly #bumper: TopicBumper;
  readonly #chunkSize = createChunkSize();
  #pacer: Pacer | null = null;
  #preparer: ItemPreparer | null = null;
  /** The broker's mark; undefined when it must be asked. */
  #mark: number | null | undefined;
  /** The chunk that this process began last. */
  #begun: BegunChunk | null = null;
  #waitsFor: { readonly text: string; readonly at: number } | null = null;

  constructor(services: DispatchServices, hold: BatchHold) {
    this.#services = services;
    this.#hold = hold;
    this.#lease = keepLease(services.store, hold, services.signal);
    this.#bumper = createTopicBumper(services.store);
  }

  /** Does the next thing there is to do: a chunk, the mending of one, or a short wait. */
  async step(): Promise<"more" | "over"> {
    const { store } = this.#services;
    const batch = await getBatch(store, this.#hold.batchId);
    if (batch === null || this.#lease.isLost) return "over";
    if (batch.chunkEnd !== null) return this.#mend(batch, batch.chunkEnd);
    if (batch.state !== "running") return "over";
    return this.#sendNext(batch);
  }

  /** Says what the batch waits for, or gives it up. */
  async noteFailure(error: unknown, failures: number): Promise<void> {
    const { store, logger } = this.#services;
    const { batchId, lease } = this.#hold;
    this.#forget();
    const isAway = error instanceof AppError && AWAY.includes(error.code);
    const message = error instanceof Error ? error.message : String(error);
    logger.warn({ batchId, error: message, failures }, "batch is held up");
    try {
      const isFinal = error instanceof AppError ? !isAway : failures >= MAX_FAILURES;
      if (isFinal) await failBatch(store, batchId, lease, message);
      else await setBatchError(store, batchId, lease, message);
      await this.#bumper.now();
    } catch (cause) {
      logger.warn({ batchId, error: String(cause) }, "the batch's error could not be stored");
    }
  }

  /** Lets the batch go; what can't be stored now ends with the lease. */
  async end(): Promise<void> {
    const { store, broker, logger } = this.#services;
    const { batchId, lease } = this.#hold;
    await this.#lease.stop();
    try {
      const batch = this.#lease.isLost ? null : await getBatch(store, batchId);
      const isOver = batch?.state === "done" || batch?.state === "cancelled";
      await broker.endDispatch(batchId, isOver && batch?.chunkEnd === null);
      await releaseBatch(store, batchId, lease);
      await this.#bumper.now();
    } catch (error) {
      await broker.endDispatch(batchId, false);
      logger.warn({ batchId, error: String(error) }, "the batch could not be released");
    }
  }

  async #sendNext(batch: BatchRecord): Promise<"more"> {
    const { keepQueueBelow = null } = batch.options;
    this.#pacer ??= createPacer(batch.ratePerSecond, performance.now());
    const most = keepQueueBelow === null ? this.#chunkSize.current : SMALL_CHUNK;
    const { count, waitMs } = this.#pacer.ask(most, performance.now());
    if (count === 0) {
      await pause(Math.min(waitMs, LOOK_MS), this.#services.signal);
      return "more";
    }
    if (this.#mark === undefined) this.#mark = await noteLostTasks(this.#services, batch);
    if (this.#mark !== null && this.#mark > batch.position) return this.#catchUp(batch, this.#mark);
    const run = await this.#preparerOf(batch).peek(batch.position, count);
    const chunk = await this.#cut(run, count, keepQueueBelow);
    if (chunk.end === batch.position && batch.total > batch.position) {
      if (chunk.fullQueue !== null) await this.#waitForRoom(chunk.fullQueue, keepQueueBelow);
      return "more";
    }
    return this.#send(batch, chunk.items, chunk.end);
  }

  async #cut(run: PreparedRun, count: number, keepBelow: number | null): Promise<CutChunk> {
    const next = cutChunk(run, { count, room: new Map() });
    if (keepBelow === null) return next;
    const queues = new Set(next.items.flatMap(({ task }) => task?.queue ?? []));
    return cutChunk(run, { count, room: await lookForRoom(this.#services.broker, queues, keepBelow) });
  }

  /** Says, at most once a second, which queue the batch waits for. */
  async #waitForRoom(queue: string, keepBelow: number | null): Promise<void> {
    const { store, signal } = this.#services;
    const text = `room in the queue "${queue}": ${keepBelow} tasks or more wait there`;
    const now = performance.now();
    if (this.#waitsFor === null || this.#waitsFor.text !== text || now - this.#waitsFor.at > 1_000) {
      await setBatchWaitsFor(store, this.#hold.batchId, this.#hold.lease, text);
      this.#waitsFor = { text, at: now };
      await this.#bumper.maybe();
    }
    await pause(ROOM_LOOK_MS, signal);
  }

  /** The store has lost what it knew, such as by a restored backup: what the mark says was sent is not sent again. */
  async #catchUp(batch: BatchRecord, mark: number): Promise<"more"> {
    const { store } = this.#services;
    const end = Math.min(mark, batch.total);
    const waiting = await listWaitingItems(store, batch.id, { from: batch.position, end });
    const items = await this.#preparerOf(batch).prepare(waiting);
    const drop = items.flatMap((one) => one.drop ?? []);
    await beginChunk(store, this.#hold, { end, count: items.length - drop.length, drop });
    await settleChunk(store, this.#hold);
    return "more";
  }

  async #mend(batch: BatchRecord, end: number): Promise<"more"> {
    const { store } = this.#services;
    this.#forget();
    const left = await mendChunk(this.#services, {
      ...{ batch, hold: this.#hold, end },
      fates: this.#fatesOf(batch.position, end),
    });
    this.#begun = { position: batch.position, end, fates: NOTHING_LEFT };
    if (left === null) return "more";
    if (batch.state !== "running") {
      await abandonChunk(store, this.#hold);
      return "more";
    }
    return this.#send(batch, await this.#preparerOf(batch).prepare(left), end);
  }

  async #send(batch: BatchRecord, items: readonly PreparedItem[], end: number): Promise<"more"> {
    if (this.#mark === undefined) this.#mark = await noteLostTasks(this.#services, batch);
    const startedAt = performance.now();
    const { position } = batch;
    this.#begun = { position, end, fates: NOTHING_LEFT };
    const result = await sendChunk(this.#services, {
      ...{ hold: this.#hold, items, position, end, mark: this.#mark },
      onPublished: (fates) => {
        this.#begun = { position, end, fates };
      },
    });
    if (!result.held) {
      // Paused, cancelled or lost: the next step looks.
      this.#forget();
      return "more";
    }
    if (result.sent > 0 && !result.isOpen) this.#mark = end;
    this.#pacer?.spend(result.sent);
    this.#chunkSize.learn(result.sent, performance.now() - startedAt);
    await this.#bumper.maybe();
    return "more";
  }

  /** What is known of an open chunk; null when it isn't the last one that this process began. */
  #fatesOf(position: number, end: number): ChunkFates | null {
    // A database that was killed may open a chunk again that was settled before the one at hand.
    return this.#begun?.position === position && this.#begun.end === end ? this.#begun.fates : null;
  }

  #preparerOf(batch: BatchRecord): ItemPreparer {
    this.#preparer ??= new ItemPreparer(this.#services, batch);
    return this.#preparer;
  }

  /** After what went wrong: everything is looked at anew. */
  #forget(): void {
    this.#mark = undefined;
    this.#preparer?.reset();
  }
}
