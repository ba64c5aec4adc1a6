import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { nameOwnQueue } from "./amqp-names";
import type { AmqpConnection } from "./connect-node";
import { openChannel, withChannel } from "./open-channel";
import type { OutgoingMessage } from "./publish-confirmed";

/** A mark is set after so many tasks: of those after the last mark no more can have been sent. */
export const MARK_EVERY = 20;
/** A queue of marks that nobody has used for this long is deleted by RabbitMQ. */
const EXPIRES_MS = 30 * 24 * 3_600_000;
/** What the connection before sent last has found its queues by then, after RabbitMQ has given up that connection. */
const SETTLE_MS = 250;
const RESOURCE_LOCKED = 405;
/** Not permitted, or a queue of that name is there and another one: then we go without marks. */
const REFUSED = [403, 406];
/** The body of a mark that tells nothing. */
const UNKNOWN = "-";

/** What one connection has of a batch. */
interface Hold {
  /** False where RabbitMQ doesn't let us keep marks. */
  readonly hasMarks: boolean;
  /** Whether a mark that was there before the connection may be the last one. */
  isPrimed: boolean;
}

/**
 * Marks of batches on RabbitMQ (docs/decisions/0011-marks-on-rabbitmq.md). A queue holds the last mark: it goes through
 * the same channel as the tasks, so when it is there the tasks before it have been routed, and when it isn't, those after
 * the next one haven't. Marks are transient: a restart, which may lose unconfirmed tasks, takes them along. A second
 * queue, exclusive, is the lock: while the connection that sent before lives, nobody else sends.
 */
export class BatchMarks {
  readonly #holds = new WeakMap<AmqpConnection, Map<string, Hold>>();

  /** Makes the connection the one that sends the batch. Rejects with AppError `conflict` while another one is. */
  async hold(connection: AmqpConnection, batchId: string): Promise<Hold> {
    const holds = this.#holds.get(connection) ?? new Map<string, Hold>();
    this.#holds.set(connection, holds);
    const hold = holds.get(batchId) ?? { hasMarks: await declare(connection, batchId), isPrimed: false };
    holds.set(batchId, hold);
    return hold;
  }

  /** Returns the position of the last mark, or null when there is none that tells. Rejects as `hold` does. */
  async read(connection: AmqpConnection, batchId: string): Promise<number | null> {
    const { hasMarks, isPrimed } = await this.hold(connection, batchId);
    if (!hasMarks) return null;
    if (!isPrimed) await delay(SETTLE_MS);
    // It stays in the queue: its channel ends without an acknowledgement.
    const mark = await withChannel(connection, (channel) => channel.get(nameMarkQueue(batchId)));
    const body = mark === false ? UNKNOWN : mark.content.toString("utf8");
    return /^\d+$/.test(body) ? Number(body) : null;
  }

  /** Gives the batch up; deletes its marks when it `isOver`. */
  async end(connection: AmqpConnection, batchId: string, isOver: boolean): Promise<void> {
    const hold = this.#holds.get(connection)?.get(batchId);
    if (hold === undefined) return;
    this.#holds.get(connection)?.delete(batchId);
    if (isOver && hold.hasMarks) await deleteQueue(connection, nameMarkQueue(batchId));
    await deleteQueue(connection, nameLock(batchId));
  }
}

/** The mark that says that all before `position` were sent; null says that nothing is known. */
export function createMark(batchId: string, position: number | null): OutgoingMessage {
  return {
    exchange: "",
    routingKey: nameMarkQueue(batchId),
    body: Buffer.from(position === null ? UNKNOWN : String(position)),
    options: { deliveryMode: 1, contentType: "text/plain" },
  };
}

/** Returns whether marks can be kept. */
async function declare(connection: AmqpConnection, batchId: string): Promise<boolean> {
  try {
    await withChannel(connection, async (channel) => {
      await channel.assertQueue(nameLock(batchId), { exclusive: true, durable: false });
      await channel.assertQueue(nameMarkQueue(batchId), {
        durable: true,
        arguments: {
          // Classic: a quorum queue would keep marks over a restart.
          ...{ "x-queue-type": "classic", "x-expires": EXPIRES_MS },
          ...{ "x-max-length": 1, "x-overflow": "drop-head" },
        },
      });
    });
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? Number(error.code) : null;
    if (code === RESOURCE_LOCKED) throw createConflict();
    if (code !== null && REFUSED.includes(code)) return false;
    throw error;
  }
}

async function deleteQueue(connection: AmqpConnection, name: string): Promise<void> {
  const channel = await openChannel(connection);
  await channel.deleteQueue(name).catch(() => undefined);
  await channel.close().catch(() => undefined);
}

function nameMarkQueue(batchId: string): string {
  return nameOwnQueue("batch", batchId);
}

function nameLock(batchId: string): string {
  return nameOwnQueue("batch-lock", batchId);
}

function createConflict(): AppError {
  return new AppError(
    "conflict",
    "Another connection to RabbitMQ may still send tasks of this batch: waiting for its end.",
  );
}
