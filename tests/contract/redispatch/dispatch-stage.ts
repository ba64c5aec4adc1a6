import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { decodeTaskMessage } from "@/lib/celery/message/decode-task-message";
import type { DecodedTaskMessage } from "@/lib/celery/message/decoded-task-message";
import type { TaskRecord } from "@/lib/celery/task-record";
import { decodeVirtualEnvelope } from "@/lib/celery/virtual/decode-virtual-envelope";
import { createLogger } from "@/lib/logger";
import { type CreatedPreview, createPreview, type PreviewRequest } from "@/lib/redispatch/create-preview";
import type { DispatchServices } from "@/lib/redispatch/run/dispatch-services";
import { runBatches } from "@/lib/redispatch/run/run-batches";
import { type BatchRequest, startBatch } from "@/lib/redispatch/start-batch";
import { listBatchItems } from "@/lib/store/batch-items";
import type { BatchRecord } from "@/lib/store/batch-record";
import { getBatch } from "@/lib/store/batches";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "@/tests/contract/store/make-task";
import { STORE_DATABASES, type StoreDatabase } from "@/tests/contract/store/open-stores";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";
import { makeBatchRequest, makePreviewRequest } from "./plain-requests";

const SETTINGS = { routes: {}, defaultQueue: "celery" };

/** A collector of a test: `stop` lets it finish its chunk, as SIGTERM does. */
interface Runner {
  stop(): Promise<void>;
}

/** A store and a Redis with append-only file, and what a test does with them. */
export class DispatchStage {
  readonly store: Store;
  readonly redis: RedisServer;
  readonly broker: Broker;
  readonly #database: StoreDatabase;
  readonly #runners = new Set<Runner>();
  #queues = 0;

  private constructor(parts: { store: Store; redis: RedisServer; database: StoreDatabase }) {
    this.store = parts.store;
    this.redis = parts.redis;
    this.#database = parts.database;
    this.broker = openBroker({ url: parts.redis.url });
  }

  static async open(provider: "sqlite" | "postgresql"): Promise<DispatchStage> {
    const open = STORE_DATABASES.find(([name]) => name === provider)?.[1];
    if (open === undefined) throw new Error(`no database ${provider}`);
    const [database, redis] = await Promise.all([
      open(),
      startRedisServer({ args: ["--appendonly", "yes", "--appendfsync", "always"] }),
    ]);
    return new DispatchStage({ store: await openStore(await database.createUrl()), redis, database });
  }

  async close(): Promise<void> {
    await this.stopRunners();
    await this.broker.close();
    await this.redis.stop();
    await this.store.close();
    await this.#database.stop();
  }

  /** A queue that no other test of the stage uses. */
  newQueue(): string {
    this.#queues += 1;
    return `queue-${this.#queues}`;
  }

  /** The reasons of a batch's skipped and failed items, by original id. */
  async listReasons(id: string): Promise<Record<string, string | null>> {
    const page = { limit: 10_000, afterPosition: -1 };
    const items = await listBatchItems(this.store, await this.get(id), {}, page);
    return Object.fromEntries(
      items.filter((item) => item.status !== "sent").map((item) => [item.originalId, item.reason]),
    );
  }

  /** Failed tasks known from events, `count` of them with args `(<index>,)`; returns their ids. */
  async failTasks(count: number, part: Partial<TaskRecord> = {}): Promise<string[]> {
    const run = randomUUID().slice(0, 8);
    const tasks = Array.from({ length: count }, (_, index) =>
      makeTask({ id: `${run}-${index}`, state: "FAILURE", args: `(${index},)`, ...part }),
    );
    for (let from = 0; from < count; from += 1_000) {
      await upsertTasks(this.store, tasks.slice(from, from + 1_000));
    }
    return tasks.map((task) => task.id);
  }

  preview(ids: readonly string[], part: Partial<PreviewRequest> = {}): Promise<CreatedPreview> {
    const sources = { store: this.store, results: null };
    return createPreview(sources, SETTINGS, makePreviewRequest({ ids }, part));
  }

  /** Starts a previewed batch; returns its id. */
  start(snapshot: string, part: Partial<BatchRequest> = {}): Promise<string> {
    return startBatch(this.store, makeBatchRequest(snapshot, part));
  }

  /** Runs batches as a collector does, with the stage's broker or another; one that is silent for `leaseMs` loses them. */
  run(broker: DispatchServices["broker"] = this.broker, leaseMs?: number): Runner {
    const stopping = new AbortController();
    const logger = createLogger("test");
    const services = { store: this.store, results: null, broker, signal: stopping.signal, logger };
    const ended = runBatches(services, leaseMs);
    const runner = {
      stop: async () => {
        stopping.abort();
        await ended;
        this.#runners.delete(runner);
      },
    };
    this.#runners.add(runner);
    return runner;
  }

  async stopRunners(): Promise<void> {
    await Promise.all([...this.#runners].map((runner) => runner.stop()));
  }

  async get(id: string): Promise<BatchRecord> {
    const batch = await getBatch(this.store, id);
    if (batch === null) throw new Error(`there is no batch ${id}`);
    return batch;
  }

  /** Waits until the batch satisfies `condition`. */
  async until(id: string, condition: (batch: BatchRecord) => boolean): Promise<BatchRecord> {
    let last: BatchRecord | null = null;
    await waitFor(
      async () => {
        last = await this.get(id);
        return condition(last);
      },
      { timeoutMs: 60_000, what: () => `a batch that is now ${JSON.stringify(last)}` },
    );
    return this.get(id);
  }

  /** Every message in a queue, in the order in which workers would take them. */
  async readQueue(queue: string): Promise<readonly DecodedTaskMessage[]> {
    const client = new Redis(this.redis.url);
    try {
      const texts = await client.lrange(queue, 0, -1);
      return texts.reverse().map(decode);
    } finally {
      client.disconnect();
    }
  }
}

function decode(text: string): DecodedTaskMessage {
  const envelope = decodeVirtualEnvelope(text);
  if (envelope === null) throw new Error(`not an envelope: ${text.slice(0, 200)}`);
  return decodeTaskMessage(envelope.headers, envelope.properties, envelope.body);
}
