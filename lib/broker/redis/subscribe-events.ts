import type { Redis } from "ioredis";
import type { EventMessageHandler } from "../broker";
import type { RedisLinks } from "./redis-link";

interface EventSubscription {
  readonly links: RedisLinks;
  readonly patterns: readonly string[];
  readonly handler: EventMessageHandler;
  readonly signal: AbortSignal;
  /** Run after each subscription, the first included. */
  readonly onSubscribed: () => void;
}

/**
 * Hands every event message on, undecoded: kombu publishes events as fanout messages over pub/sub (celery-wire.md D.1).
 * Resolves once subscribed for the first time, or when `signal` aborts; waits as long as the broker is away.
 * What is published while the connection is down is lost: pub/sub keeps nothing.
 */
export async function subscribeEvents(subscription: EventSubscription): Promise<void> {
  const { links, patterns, handler, signal, onSubscribed } = subscription;
  if (signal.aborted) return;
  const link = links.open("events", async (client: Redis) => {
    await client.psubscribe(...patterns);
    onSubscribed();
  });
  // No decoding here: Redis cuts subscribers that drain their socket too slowly (client-output-buffer-limit pubsub).
  link.client.on("pmessage", (_pattern, _channel, body) => handler(body, Date.now()));
  signal.addEventListener("abort", () => void links.close(link), { once: true });
  await link.waitUntilReady(signal);
}
