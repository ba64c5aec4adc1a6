import type { Redis } from "ioredis";
import type { KeyNames } from "./key-names";
import { runPipeline } from "./run-pipeline";

/** Of more messages in flight than this only the total is told. */
const MOST_MESSAGES = 1_000;
/** What one look reads at most; the rest is read by the next ones. */
const MOST_BYTES = 1024 * 1024;

/** The messages that are delivered and not acknowledged (celery-wire.md B.1, B.5). */
export interface UnackedLook {
  readonly total: number;
  /** Epoch ms when the one longest in flight was delivered. */
  readonly oldestAt: number | null;
  /** By queue; null when not all of them could be told. */
  readonly byQueue: ReadonlyMap<string, number> | null;
}

type Route = readonly [exchange: string, routingKey: string];
type FindQueue = (exchange: string, routingKey: string) => string | null;

/** Tells how many messages of each queue are in flight, and reads each message but once to do so. */
export class UnackedWatch {
  readonly #names: KeyNames;
  /** By delivery tag, of those that were in flight at the last look; null is one that says nothing. */
  #routes = new Map<string, Route | null>();

  constructor(names: KeyNames) {
    this.#names = names;
  }

  async look(client: Redis, findQueue: FindQueue): Promise<UnackedLook> {
    const { unacked, unackedIndex } = this.#names;
    const [total, [, score]] = await Promise.all([
      client.hlen(unacked),
      client.zrange(unackedIndex, "0", "0", "WITHSCORES"),
    ]);
    const oldestAt = score === undefined ? null : Math.round(Number(score) * 1000);
    if (total > MOST_MESSAGES) {
      this.#routes.clear();
      return { total, oldestAt, byQueue: null };
    }
    const tags = total === 0 ? [] : await client.zrange(unackedIndex, "0", String(MOST_MESSAGES));
    const isComplete = await this.#readRoutes(client, tags);
    return { total, oldestAt, byQueue: isComplete ? this.#count(findQueue) : null };
  }

  /** Reads the routes of messages not seen before. Returns false when it could not afford to read them all. */
  async #readRoutes(client: Redis, tags: readonly string[]): Promise<boolean> {
    const known = this.#routes;
    this.#routes = new Map(tags.map((tag) => [tag, known.get(tag)] as const).filter(isRead));
    const unread = tags.filter((tag) => !this.#routes.has(tag));
    if (unread.length === 0) return true;
    const pipeline = client.pipeline();
    for (const tag of unread) pipeline.hstrlen(this.#names.unacked, tag);
    const lengths = await runPipeline(pipeline);
    let left = MOST_BYTES;
    const affordable = unread.filter((_tag, index) => {
      left -= Number(lengths[index]);
      return left >= 0;
    });
    if (affordable.length === 0) return false;
    const values = await client.hmget(this.#names.unacked, ...affordable);
    for (const [index, tag] of affordable.entries()) {
      const value = values[index] ?? null;
      // One that has gone meanwhile was acknowledged.
      if (value !== null) this.#routes.set(tag, readRoute(value));
    }
    return affordable.length === unread.length;
  }

  #count(findQueue: FindQueue): ReadonlyMap<string, number> | null {
    const counts = new Map<string, number>();
    for (const route of this.#routes.values()) {
      const queue = route === null ? null : findQueue(...route);
      if (queue === null) return null;
      counts.set(queue, (counts.get(queue) ?? 0) + 1);
    }
    return counts;
  }
}

function isRead<T>(entry: readonly [string, T | undefined]): entry is readonly [string, T] {
  return entry[1] !== undefined;
}

/** Reads the end of `[envelope, exchange, routing key]`, not the envelope. */
function readRoute(value: string): Route | null {
  const end = value.slice(-1_024).match(/, ?("(?:[^"\\]|\\.)*"), ?("(?:[^"\\]|\\.)*")\]$/);
  if (!end?.[1] || !end[2]) return null;
  try {
    return [String(JSON.parse(end[1])), String(JSON.parse(end[2]))];
  } catch {
    return null;
  }
}
