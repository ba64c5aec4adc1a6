import { connect } from "amqplib";
import { Redis } from "ioredis";
import { expect } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { createLogger } from "@/lib/logger";
import { runBatches } from "@/lib/redispatch/run/run-batches";
import type { BatchOptions, BatchRecord } from "@/lib/store/batch-record";
import { getBatch } from "@/lib/store/batches";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { waitFor } from "@/tests/support/wait-for";
import { type LargeBatch, makeLargeBatch, makeTwinBatch, type TwinRequest } from "./make-large-batch";

/** Where a lane's store and broker are. */
export interface LaneAddress {
  readonly storeUrl: string;
  readonly brokerUrl: string;
  /** Needed with RabbitMQ: without it the machine's own would be asked. */
  readonly managementUrl?: string;
}

/** One store and one broker: a place for a batch. */
export class FaultLane {
  readonly name: string;
  readonly address: LaneAddress;
  readonly store: Store;
  #count = 0;

  private constructor(name: string, address: LaneAddress, store: Store) {
    this.name = name;
    this.address = address;
    this.store = store;
  }

  static async open(name: string, address: LaneAddress): Promise<FaultLane> {
    return new FaultLane(name, address, await openStore(address.storeUrl));
  }

  get isRedis(): boolean {
    return this.address.brokerUrl.startsWith("redis:");
  }

  /** A running batch for a queue of its own. */
  async begin(
    total: number,
    ratePerSecond: number | null,
    options: Partial<BatchOptions> = {},
  ): Promise<LaneBatch> {
    this.#count += 1;
    const queue = `queue-${this.#count}`;
    if (!this.isRedis) await withChannel(this.address.brokerUrl, (channel) => channel.assertQueue(queue));
    const batch = await makeLargeBatch(this.store, { queue, total, ratePerSecond, options });
    return { ...batch, queue, lane: this };
  }

  /** A second running batch of the same tasks, for the same queue: see makeTwinBatch. */
  async beginTwin(first: LaneBatch, request: TwinRequest): Promise<LaneBatch> {
    return { ...first, ...(await makeTwinBatch(this.store, first, request)) };
  }

  /** Runs batches in this process until `signal` aborts; `port` is that of a proxy before the broker. */
  async run(signal: AbortSignal, { port, leaseMs }: { port?: number; leaseMs?: number } = {}): Promise<void> {
    const url = new URL(this.address.brokerUrl);
    if (port !== undefined) url.port = String(port);
    const broker = openBroker({ url: url.href, managementUrl: this.address.managementUrl });
    const logger = createLogger("test");
    await runBatches({ store: this.store, results: null, broker, signal, logger }, leaseMs);
    await broker.close();
  }

  async get(id: string): Promise<BatchRecord> {
    const batch = await getBatch(this.store, id);
    if (batch === null) throw new Error(`there is no batch ${id}`);
    return batch;
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

export interface LaneBatch extends LargeBatch {
  readonly queue: string;
  readonly lane: FaultLane;
}

/** Waits until all batches have come to their end. */
export async function untilDone(batches: readonly LaneBatch[]): Promise<void> {
  for (const { lane, id } of batches) {
    let last: BatchRecord | null = null;
    const what = () => `the end of a batch on ${lane.name}: ${JSON.stringify(last)}`;
    await waitFor(
      async () => {
        last = await lane.get(id);
        return last.state === "done";
      },
      { timeoutMs: 200_000, what },
    );
  }
}

/**
 * Waits until nobody has the batch and nothing of it is on its way, as after a pause or a cancel; returns it as it is
 * then.
 */
export async function untilAtRest({ lane, id }: LaneBatch): Promise<BatchRecord> {
  await waitFor(
    () => lane.store.client.batch.findFirst({ where: { id, leaseOwner: null, chunkEnd: null } }),
    {
      what: `a rest of a batch on ${lane.name}`,
    },
  );
  return lane.get(id);
}

/**
 * Compares what a worker got (ids of new tasks, in any order) with the batch: each task once, and none is missing but
 * those that are named as doubtful, of which there may be `most`.
 */
export async function expectEquality(
  batch: LaneBatch,
  received: readonly string[],
  most: number,
): Promise<void> {
  const { lane, id, prefix, total } = batch;
  const doubtful = await lane.store.client.batchItem.findMany({
    where: { batchId: id, status: "doubtful" },
    select: { newId: true },
  });
  const named = new Set(doubtful.map((item) => item.newId));
  const all = Array.from({ length: total }, (_, position) => `${prefix}-new-${position}`);
  const got = new Set(received);
  const difference = {
    twice: received.length - got.size,
    foreign: [...got].filter((one) => !one.startsWith(`${prefix}-new-`)),
    missing: all.filter((one) => !got.has(one) && !named.has(one)),
  };
  expect({ lane: lane.name, ...difference }).toEqual({
    ...{ lane: lane.name, twice: 0, foreign: [], missing: [] },
  });
  expect(named.size).toBeLessThanOrEqual(most);
  const { dispatched, failed, skipped, doubtful: counted } = await lane.get(id);
  expect({ dispatched, failed, skipped, counted }).toEqual({
    ...{ dispatched: total - named.size, failed: named.size, skipped: 0, counted: named.size },
  });
}

/** The ids of the tasks that wait in the batch's queue. */
export async function readQueue({ lane, queue }: LaneBatch): Promise<readonly string[]> {
  if (!lane.isRedis) return drain(lane.address.brokerUrl, queue);
  const client = new Redis(lane.address.brokerUrl);
  try {
    return (await client.lrange(queue, 0, -1)).map((text) => JSON.parse(text).headers.id);
  } finally {
    client.disconnect();
  }
}

/** How many tasks wait in the batch's queue; they stay there. */
export async function countQueue({ lane, queue }: LaneBatch): Promise<number> {
  if (!lane.isRedis) {
    return withChannel(
      lane.address.brokerUrl,
      async (channel) => (await channel.checkQueue(queue)).messageCount,
    );
  }
  const client = new Redis(lane.address.brokerUrl);
  try {
    return await client.llen(queue);
  } finally {
    client.disconnect();
  }
}

/** Takes all messages out of a queue of RabbitMQ. */
async function drain(url: string, queue: string): Promise<readonly string[]> {
  return withChannel(url, async (channel) => {
    const { messageCount } = await channel.checkQueue(queue);
    const ids: string[] = [];
    await channel.consume(queue, (message) => ids.push(String(message?.properties.headers?.id)), {
      noAck: true,
    });
    await waitFor(() => ids.length >= messageCount, { what: `${messageCount} messages of ${queue}` });
    return ids;
  });
}

async function withChannel<T>(
  url: string,
  work: (channel: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>["createChannel"]>>) => Promise<T>,
): Promise<T> {
  const model = await connect(url);
  try {
    return await work(await model.createChannel());
  } finally {
    await model.close();
  }
}
