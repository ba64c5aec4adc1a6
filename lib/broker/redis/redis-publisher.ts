import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { AppError } from "@/lib/errors";
import type { DispatchMark, OutgoingTask, PublishFailure } from "../broker";
import type { KeyNames } from "./key-names";
import type { QueueDirectory } from "./queue-directory";
import type { RedisLink, RedisLinks } from "./redis-link";

/** Longer than a paused batch is likely to be forgotten. */
const MARK_SECONDS = 30 * 24 * 3600;

export interface RedisPublisherOptions {
  readonly links: RedisLinks;
  readonly names: KeyNames;
  readonly separator: string;
  readonly directory: QueueDirectory;
}

/** Sends tasks as kombu's producer does (celery-wire.md B.1–B.4). */
export class RedisPublisher {
  readonly #options: RedisPublisherOptions;
  #link: RedisLink | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: RedisPublisherOptions) {
    this.#options = options;
  }

  /**
   * Sends all tasks and stores the mark, or does neither; tasks of one queue and priority are served in their order.
   * Rejects with AppError `conflict` when `mark.previous` is given and is not what the broker holds, `unprocessable` when
   * a queue's name is that of another kind of key, `broker_unavailable` when it may or may not have been done.
   */
  publish(tasks: readonly OutgoingTask[], mark: DispatchMark | null): Promise<readonly PublishFailure[]> {
    // One after the other, since a second WATCH or EXEC on the connection would undo the first one's guard.
    // A connection of its own, since WATCH holds for all of it; opened late, since few processes send anything.
    this.#link ??= this.#options.links.open("publisher");
    const link = this.#link;
    const turn = this.#last.then(() => link.call((client) => this.#send(client, tasks, mark)));
    this.#last = turn.catch(() => undefined);
    return turn.then(() => []);
  }

  async #send(client: Redis, tasks: readonly OutgoingTask[], mark: DispatchMark | null): Promise<void> {
    if (tasks.length === 0 && mark === null) return;
    const { names } = this.#options;
    const lists = this.#groupByList(tasks);
    // One round trip: the guard's commands go out before the answers of the check come in.
    const guarded = mark?.previous === undefined ? null : guard(client, names, mark.batchId, mark.previous);
    await Promise.all([guarded, checkAreLists(client, [...lists.keys()])]).catch((error) =>
      giveUp(client, error),
    );
    const transaction = client.multi();
    for (const [key, member] of this.#listMissingBindings(tasks)) transaction.sadd(key, member);
    for (const [key, envelopes] of lists) transaction.lpush(key, ...envelopes);
    if (mark !== null) transaction.set(names.dispatchMark(mark.batchId), mark.position, "EX", MARK_SECONDS);
    const answers = await transaction.exec();
    if (answers === null) throw createConflict();
    for (const [error] of answers) if (error !== null) throw error;
  }

  #groupByList(tasks: readonly OutgoingTask[]): Map<string, string[]> {
    const lists = new Map<string, string[]>();
    for (const { queue, message } of tasks) {
      if (queue === "") throw new AppError("unprocessable", "Tasks can't be sent to a queue without a name.");
      const key = this.#options.names.listFor(queue, message.properties.priority);
      // Exchange "": a restored message finds its way back without a binding (celery-wire.md B.4).
      const delivery = { exchange: "", routingKey: queue, deliveryTag: randomUUID() };
      const envelopes = lists.get(key) ?? [];
      envelopes.push(encodeVirtualEnvelope(message, delivery));
      lists.set(key, envelopes);
    }
    return lists;
  }

  /** A queue that no exchange is bound to gets the binding that a producer declares, so that it is found afterwards. */
  #listMissingBindings(tasks: readonly OutgoingTask[]): [key: string, member: string][] {
    const { names, separator, directory } = this.#options;
    const queues = new Set(tasks.map((task) => task.queue));
    return [...queues]
      .filter((queue) => !directory.isBound(queue))
      .map((queue) => [names.binding(queue), [queue, "", queue].join(separator)]);
  }
}

/** Redis runs the rest of a transaction in which one command met a key of another type: look before. */
async function checkAreLists(client: Redis, keys: readonly string[]): Promise<void> {
  const types = await Promise.all(keys.map((key) => client.type(key)));
  const index = types.findIndex((type) => type !== "list" && type !== "none");
  if (index < 0) return;
  throw new AppError(
    "unprocessable",
    `Tasks can't be sent to "${keys[index]}": the broker keeps a ${types[index]} under that name.`,
  );
}

/** From here to EXEC nobody else may move the mark, be it a transaction of ours that a broken network delivers late. */
async function guard(
  client: Redis,
  names: KeyNames,
  batchId: string,
  previous: number | null,
): Promise<void> {
  const key = names.dispatchMark(batchId);
  const [, stored] = await Promise.all([client.watch(key), client.get(key)]);
  if (toPosition(stored) !== previous) throw createConflict();
}

async function giveUp(client: Redis, error: unknown): Promise<never> {
  await client.unwatch();
  throw error;
}

function createConflict(): AppError {
  return new AppError("conflict", "Something else has sent tasks of this batch: read its position anew.");
}

/** Reads a stored mark. */
export function toPosition(stored: string | null): number | null {
  const position = Number(stored);
  return stored !== null && Number.isSafeInteger(position) && position >= 0 ? position : null;
}
