import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { decodeControlReply } from "@/lib/celery/control/decode-control-reply";
import { encodeControlMessage } from "@/lib/celery/control/encode-control-message";
import type { ControlReply, ControlRequest } from "@/lib/celery/control-message";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { createLogger } from "@/lib/logger";
import type { ControlAnswer, ControlOptions } from "../broker";
import type { KeyNames } from "./key-names";
import type { RedisLink } from "./redis-link";
import { runPipeline } from "./run-pipeline";

const log = createLogger("broker");

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;
/** After the last addressed worker has answered, a second one of the same name gets this long. */
const NAMESAKE_GRACE_MS = 100;
const MOST_REPLIES_AT_ONCE = 1_000;
/** How long a reply list outlives us; a busy solo worker answers hours later. */
const REPLY_LIST_SECONDS = 24 * 3600;
/** Keeps the list, and with it the expiry, in being: a list that a late reply creates would stay for ever. */
const PLACEHOLDER = "";

/** What came so far for one request. */
interface PendingRequest {
  /** Messages, those that can't be read included. */
  messages: number;
  readonly replies: ControlReply[];
}

/**
 * Remote control whose replies come through the anonymous exchange into one list a process (celery-wire.md C.4): nothing
 * is bound, nothing is left behind. Replies are fetched, not blocked for, while a request waits: a blocking pop would empty
 * the list, and its expiry would go with it.
 */
export class RedisMailbox {
  readonly #link: RedisLink;
  readonly #names: KeyNames;
  readonly #address = `celeriac.${randomUUID()}.reply`;
  readonly #pending = new Map<string, PendingRequest>();

  constructor(link: RedisLink, names: KeyNames) {
    this.#link = link;
    this.#names = names;
  }

  /** Sends the request and gathers replies until all mailboxes that got it have answered, or the time is over. */
  async control(request: ControlRequest, { timeoutMs }: ControlOptions): Promise<ControlAnswer> {
    const ticket = randomUUID();
    const pending: PendingRequest = { messages: 0, replies: [] };
    this.#pending.set(ticket, pending);
    try {
      await this.#fetchReplies();
      const deadline = Date.now() + timeoutMs;
      const listeners = await this.#publish(request, ticket, deadline);
      await this.#gather(pending, { listeners, deadline, destination: request.destination });
      return { listeners, replies: pending.replies };
    } finally {
      this.#pending.delete(ticket);
    }
  }

  /** Has all workers announce themselves with an event; one that does not get the word does so with its next heartbeat. */
  async wakeWorkers(): Promise<void> {
    const request = createControlRequest({ method: "heartbeat" });
    await this.control(request, { timeoutMs: 0 }).catch((error) =>
      log.debug({ error }, "no worker was woken"),
    );
  }

  async #publish(request: ControlRequest, ticket: string, deadline: number): Promise<number> {
    const replyTo = { exchange: "", routingKey: this.#address } as const;
    const message = encodeControlMessage(request, { ticket, replyTo, clock: 1, expiresAt: deadline });
    // The same on each channel: a worker that listens to two tells a message that it had by this tag.
    const delivery = { exchange: "celery.pidbox", routingKey: "", deliveryTag: randomUUID() };
    const envelope = encodeVirtualEnvelope(message, delivery);
    const counts = await this.#link.call((client) =>
      Promise.all(this.#names.controlChannels.map((channel) => client.publish(channel, envelope))),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async #gather(
    pending: PendingRequest,
    expected: { listeners: number; deadline: number; destination: readonly string[] | null },
  ): Promise<void> {
    let deadline = expected.deadline;
    let pause = FIRST_PAUSE_MS;
    let haveAllNamesAnswered = false;
    while (pending.messages < expected.listeners && Date.now() < deadline) {
      await delay(Math.min(pause, deadline - Date.now()));
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      await this.#fetchReplies();
      if (haveAllNamesAnswered || !areAllIn(expected.destination, pending.replies)) continue;
      haveAllNamesAnswered = true;
      deadline = Math.min(deadline, Date.now() + NAMESAKE_GRACE_MS);
    }
  }

  /** Takes what is in the list, for whichever request, and puts off the list's end. */
  async #fetchReplies(): Promise<void> {
    const key = this.#names.replies(this.#address);
    const [envelopes] = await this.#link.call((client) =>
      runPipeline(
        client
          .multi()
          .lrange(key, -MOST_REPLIES_AT_ONCE, -1)
          .ltrim(key, 0, -MOST_REPLIES_AT_ONCE - 1)
          .rpush(key, PLACEHOLDER)
          .expire(key, REPLY_LIST_SECONDS),
      ),
    );
    for (const envelope of Array.isArray(envelopes) ? envelopes : []) {
      if (envelope !== PLACEHOLDER) this.#deliver(String(envelope));
    }
  }

  #deliver(envelope: string): void {
    const { ticket, replies } = decodeControlReply(envelope);
    // One that comes too late for its request is nobody's.
    const pending = this.#pending.get(ticket ?? "");
    if (pending === undefined) return;
    pending.messages += 1;
    pending.replies.push(...replies);
  }
}

function areAllIn(destination: readonly string[] | null, replies: readonly ControlReply[]): boolean {
  return destination?.every((hostname) => replies.some((reply) => reply.hostname === hostname)) ?? false;
}
