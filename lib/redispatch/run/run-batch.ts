import { AppError, type ErrorCode } from "@/lib/errors";
import { abandonChunk, type BatchHold, settleChunk } from "@/lib/store/batch-chunks";
import { listWaitingItems } from "@/lib/store/batch-items";
import { releaseBatch, renewBatchLease } from "@/lib/store/batch-lease";
import type { BatchRecord } from "@/lib/store/batch-record";
import { failBatch, getBatch, setBatchError } from "@/lib/store/batches";
import { listWorkers } from "@/lib/store/workers";
import { type ClusterKnowledge, describeCluster } from "../cluster-knowledge";
import { createPacer, type Pacer } from "../pacer";
import { createBackoff } from "./backoff";
import type { DispatchServices } from "./dispatch-services";
import { pause } from "./pause";
import { sendChunk } from "./send-chunk";
import { createTopicBumper, type TopicBumper } from "./topic-bumper";

const CHUNK_SIZE = 500;
/** Longest time between two looks at the batch: a pause or a resume must be noticed within a second. */
const LOOK_MS = 400;
const CLUSTER_AGE_MS = 10_000;
const WAIT_CAP_MS = 3_000;
/** Unexpected failures in a row after which the batch is given up until a person resumes it. */
const MAX_FAILURES = 5;
const MAY_HAVE_BEEN_SENT =
  "may have been sent: the collector ended before it was recorded, and RabbitMQ keeps no mark; look for the new id";

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

class BatchRun {
  readonly #services: DispatchServices;
  readonly #hold: BatchHold;
  readonly #bumper: TopicBumper;
  #pacer: Pacer | null = null;
  /** The broker's mark; undefined when it must be asked. */
  #mark: number | null | undefined;
  #cluster: { readonly knowledge: ClusterKnowledge; readonly at: number } | null = null;
  #renewedAt = performance.now();
  /** Whether tasks of the chunk at hand may be in the broker: not known of one that another process began. */
  #mayHaveSent = true;

  constructor(services: DispatchServices, hold: BatchHold) {
    this.#services = services;
    this.#hold = hold;
    this.#bumper = createTopicBumper(services.store);
  }

  /** Does the next thing there is to do: a chunk, the mending of one, or a short wait. */
  async step(): Promise<"more" | "over"> {
    const { store, signal } = this.#services;
    if (!(await this.#keepLease())) return "over";
    const batch = await getBatch(store, this.#hold.batchId);
    if (batch === null) return "over";
    if (batch.chunkEnd !== null) return this.#mendChunk(batch, batch.chunkEnd);
    if (batch.state !== "running") return "over";
    this.#pacer ??= createPacer(batch.ratePerSecond, performance.now());
    const { count, waitMs } = this.#pacer.ask(CHUNK_SIZE, performance.now());
    if (count === 0) {
      await pause(Math.min(waitMs, LOOK_MS), signal);
      return "more";
    }
    const range = { position: batch.position, end: batch.total, limit: count };
    const items = await listWaitingItems(store, batch.id, range);
    const last = items.length === count ? items.at(-1) : undefined;
    return this.#send(batch, items, last ? last.position + 1 : batch.total);
  }

  /** Says what the batch waits for, or gives it up. */
  async noteFailure(error: unknown, failures: number): Promise<void> {
    const { store, logger } = this.#services;
    const { batchId, lease } = this.#hold;
    this.#mark = undefined;
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
    const { store, logger } = this.#services;
    try {
      await releaseBatch(store, this.#hold.batchId, this.#hold.lease);
      await this.#bumper.now();
    } catch (error) {
      logger.warn({ batchId: this.#hold.batchId, error: String(error) }, "the batch could not be released");
    }
  }

  /** A chunk was begun and not settled: the mark tells whether it went out. */
  async #mendChunk(batch: BatchRecord, end: number): Promise<"more"> {
    const { store, broker } = this.#services;
    const mark = await this.#readMark();
    const range = { position: batch.position, end, limit: CHUNK_SIZE };
    if (mark !== null && mark >= end) {
      await settleChunk(store, this.#hold);
    } else if (broker.kind === "amqp" && this.#mayHaveSent) {
      // Nothing tells what went out: sent again, tasks could run twice. A person decides, item by item.
      const items = await listWaitingItems(store, batch.id, range);
      const doubt = { reason: MAY_HAVE_BEEN_SENT, mayHaveBeenSent: true };
      await settleChunk(
        store,
        this.#hold,
        items.map(({ position }) => ({ position, ...doubt })),
      );
    } else if (batch.state === "running") {
      await this.#send(batch, await listWaitingItems(store, batch.id, range), end);
    } else {
      await abandonChunk(store, this.#hold);
    }
    return "more";
  }

  async #send(
    batch: BatchRecord,
    items: Awaited<ReturnType<typeof listWaitingItems>>,
    end: number,
  ): Promise<"more"> {
    const cluster = await this.#describeCluster();
    const mark = this.#mark === undefined ? await this.#readMark() : this.#mark;
    this.#mayHaveSent = false;
    const onPublished = () => {
      this.#mayHaveSent = true;
    };
    const chunk = { batch, hold: this.#hold, items, end, mark, cluster, onPublished };
    const result = await sendChunk(this.#services, chunk);
    if (!result.held) {
      // Paused, cancelled or lost: the next step looks at both, the lease first.
      this.#mark = undefined;
      this.#renewedAt = Number.NEGATIVE_INFINITY;
      return "more";
    }
    if (result.sent > 0) this.#mark = end;
    this.#pacer?.spend(result.sent);
    await this.#bumper.maybe();
    return "more";
  }

  async #readMark(): Promise<number | null> {
    this.#mark = await this.#services.broker.getDispatchPosition(this.#hold.batchId);
    return this.#mark;
  }

  async #describeCluster(): Promise<ClusterKnowledge> {
    const now = performance.now();
    if (this.#cluster === null || now - this.#cluster.at > CLUSTER_AGE_MS) {
      const workers = await listWorkers(this.#services.store);
      this.#cluster = { knowledge: describeCluster(workers, Date.now()), at: now };
    }
    return this.#cluster.knowledge;
  }

  async #keepLease(): Promise<boolean> {
    const { batchId, lease, leaseMs } = this.#hold;
    if (performance.now() - this.#renewedAt < leaseMs / 4) return true;
    const isHeld = await renewBatchLease(this.#services.store, batchId, lease, leaseMs);
    this.#renewedAt = performance.now();
    return isHeld;
  }
}
