import { randomUUID } from "node:crypto";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { decodeControlReply } from "@/lib/celery/control/decode-control-reply";
import { encodeControlMessage } from "@/lib/celery/control/encode-control-message";
import type { ControlRequest } from "@/lib/celery/control-message";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { createLogger } from "@/lib/logger";
import type { ControlAnswer, ControlOptions } from "../broker";
import { PendingRequests } from "../pending-requests";
import type { KeyNames } from "./key-names";
import type { RedisLink } from "./redis-link";
import { runPipeline } from "./run-pipeline";

const log = createLogger("broker");

const MOST_REPLIES_AT_ONCE = 1_000;
/** How long a reply list outlives us; a busy solo worker answers hours later. */
const REPLY_LIST_SECONDS = 24 * 3600;
/** Keeps the list, and with it the expiry, in being: a list that a late reply creates would stay for ever. */
const PLACEHOLDER = "";

/**
 * Remote control whose replies come through the anonymous exchange into one list a process (celery-wire.md C.4): nothing
 * is bound, nothing is left behind. Replies are fetched, not blocked for, while a request waits: a blocking pop would empty
 * the list, and its expiry would go with it.
 */
export class RedisMailbox {
  readonly #link: RedisLink;
  readonly #names: KeyNames;
  readonly #address = `celeriac.${randomUUID()}.reply`;
  readonly #requests = new PendingRequests();

  constructor(link: RedisLink, names: KeyNames) {
    this.#link = link;
    this.#names = names;
  }

  /** Sends the request and gathers replies until all mailboxes that got it have answered, or the time is over. */
  async control(request: ControlRequest, { timeoutMs }: ControlOptions): Promise<ControlAnswer> {
    return this.#requests.run(async (pending) => {
      await this.#fetchReplies();
      const deadline = Date.now() + timeoutMs;
      const listeners = await this.#publish(request, pending.ticket, deadline);
      const expected = { mailboxes: listeners, destination: request.destination };
      await pending.gather(expected, { deadline, fetch: () => this.#fetchReplies() });
      return { listeners, replies: pending.replies };
    });
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
      if (envelope !== PLACEHOLDER) this.#requests.deliver(decodeControlReply(String(envelope)));
    }
  }
}
