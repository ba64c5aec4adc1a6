import type { Redis } from "ioredis";
import type { EventMessageHandler } from "../broker";
import type { RedisLink, RedisLinkOptions } from "./redis-link";

export interface EventSubscription {
  readonly patterns: readonly string[];
  readonly handler: EventMessageHandler;
  readonly signal: AbortSignal;
  readonly openLink: (prepare: RedisLinkOptions["prepare"]) => RedisLink;
  readonly closeLink: (link: RedisLink) => Promise<void>;
  /** Run after each subscription, the first included. */
  readonly onSubscribed: () => void;
}

/**
 * Hands every event message on, undecoded: kombu publishes events as fanout messages over pub/sub (celery-wire.md D.1).
 * Resolves once subscribed for the first time, or when `signal` aborts; waits as long as the broker is away.
 * What is published while the connection is down is lost: pub/sub keeps nothing.
 */
export async function subscribeEvents(subscription: EventSubscription): Promise<void> {
  const { patterns, handler, signal, openLink, closeLink, onSubscribed } = subscription;
  if (signal.aborted) return;
  const link = openLink(async (client: Redis) => {
    await client.psubscribe(...patterns);
    onSubscribed();
  });
  // No decoding here: Redis cuts subscribers that drain their socket too slowly (client-output-buffer-limit pubsub).
  link.client.on("pmessage", (_pattern, _channel, body) => handler(body, Date.now()));
  signal.addEventListener("abort", () => void closeLink(link), { once: true });
  await link.waitUntilReady(signal);
}
