import type { Redis } from "ioredis";
import { EnvelopeBytes } from "@/lib/celery/events/event-body";
import type { EventMessageHandler, EventOptions } from "../broker";
import { drainFirst } from "./drain-first";
import type { RedisLinks } from "./redis-link";

interface EventSubscription extends Pick<EventOptions, "heardUntil" | "onUnheard" | "onFlood" | "room"> {
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
 * What is published while the connection is down is lost: pub/sub keeps nothing. When Redis cuts a subscriber that lags, all that
 * it held for it is lost, too: what was heard ends with the last message that was read.
 */
export async function subscribeEvents(subscription: EventSubscription): Promise<void> {
  const { links, patterns, handler, signal, onSubscribed, onUnheard } = subscription;
  if (signal.aborted) return;
  let heardUntil = subscription.heardUntil ?? null;
  const link = links.open("events", async (client: Redis) => {
    await client.psubscribe(...patterns);
    const now = Date.now();
    if (heardUntil !== null) onUnheard?.(heardUntil, now, wasBusy(heardUntil, socket.endedAt, now));
    heardUntil = now;
    onSubscribed();
  });
  const socket = drainFirst(link.client, {
    onFlood: (isFlood) => subscription.onFlood?.(isFlood),
    room: () => subscription.room?.() ?? Number.POSITIVE_INFINITY,
  });
  // No decoding here: Redis cuts subscribers that drain their socket too slowly (client-output-buffer-limit pubsub).
  link.client.on("pmessageBuffer", (_pattern: string, _channel: Buffer, body: Buffer) => {
    const { readAt } = socket;
    heardUntil = readAt;
    handler(new EnvelopeBytes(body), readAt);
  });
  signal.addEventListener("abort", () => void links.close(link), { once: true });
  await link.waitUntilReady(signal);
}

/** Whether messages came at shorter intervals than the connection was away, so that some are missing. */
function wasBusy(heardUntil: number, endedAt: number | null, now: number): boolean {
  return endedAt !== null && endedAt - heardUntil < now - endedAt;
}
