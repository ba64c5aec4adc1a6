import { randomUUID } from "node:crypto";
import type { ConsumeMessage } from "amqplib";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { type DecodedControlReply, decodeControlReplyParts } from "@/lib/celery/control/decode-control-reply";
import { encodeControlMessage } from "@/lib/celery/control/encode-control-message";
import type { ControlRequest } from "@/lib/celery/control-message";

import { createLogger } from "@/lib/logger";
import type { ControlAnswer, ControlOptions } from "../broker";
import { PendingRequests } from "../pending-requests";
import type { AmqpLink } from "./amqp-link";
import { CONTROL_EXCHANGE, nameOwnQueue } from "./amqp-names";
import type { AmqpPublisher } from "./amqp-publisher";
import type { AmqpConnection } from "./connect-node";
import { createPublishOptions } from "./create-publish-options";
import { openChannel } from "./open-channel";

const log = createLogger("broker");

interface AmqpMailboxOptions {
  /** The link on which replies come; asked for when it is needed. */
  readonly open: () => AmqpLink;
  readonly publisher: AmqpPublisher;
  /** Tells how many mailboxes the request goes to, or null when that can't be known. */
  readonly countMailboxes: (destination: readonly string[] | null) => Promise<number | null>;
}

/** Remote control whose replies come through the default exchange into a queue of our own (celery-wire.md C.4). */
export class AmqpMailbox {
  readonly #options: AmqpMailboxOptions;
  readonly #requests = new PendingRequests();
  readonly #inboxes = new WeakMap<AmqpConnection, Promise<string>>();

  constructor(options: AmqpMailboxOptions) {
    this.#options = options;
  }

  /** Sends the request and gathers replies until all mailboxes that got it have answered, or the time is over. */
  async control(request: ControlRequest, { timeoutMs }: ControlOptions): Promise<ControlAnswer> {
    const deadline = Date.now() + timeoutMs;
    const inbox = await this.#options.open().call((connection) => this.#getInbox(connection));
    return this.#requests.run(async (pending) => {
      const delivery = { ticket: pending.ticket, replyTo: { exchange: "", routingKey: inbox } as const };
      const [mailboxes, isTaken] = await Promise.all([
        timeoutMs > 0 ? this.#options.countMailboxes(request.destination) : null,
        this.#publish(request, { ...delivery, clock: 1, expiresAt: deadline }),
      ]);
      if (!isTaken) return { listeners: 0, replies: [] };
      await pending.gather({ mailboxes, destination: request.destination }, { deadline });
      return { listeners: mailboxes, replies: pending.replies };
    });
  }

  /** Has all workers announce themselves with an event; one that does not get the word does so with its next heartbeat. */
  async wakeWorkers(): Promise<void> {
    const request = createControlRequest({ method: "heartbeat" });
    await this.control(request, { timeoutMs: 0 }).catch((error) =>
      log.debug({ error }, "no worker was woken"),
    );
  }

  /** Returns whether there was a mailbox to take it. */
  async #publish(
    request: ControlRequest,
    delivery: Parameters<typeof encodeControlMessage>[1],
  ): Promise<boolean> {
    const message = encodeControlMessage(request, delivery);
    const [fate] = await this.#options.publisher.publish([
      {
        exchange: CONTROL_EXCHANGE,
        routingKey: "",
        body: Buffer.from(message.body, "utf8"),
        options: createPublishOptions(message),
      },
    ]);
    return fate !== "unroutable";
  }

  /** Declares the queue for replies once a connection; returns its name. */
  #getInbox(connection: AmqpConnection): Promise<string> {
    const open = this.#inboxes.get(connection);
    if (open !== undefined) return open;
    const opening = this.#openInbox(connection);
    opening.catch(() => this.#inboxes.delete(connection));
    this.#inboxes.set(connection, opening);
    return opening;
  }

  async #openInbox(connection: AmqpConnection): Promise<string> {
    const channel = await openChannel(connection, { isVital: true });
    const name = nameOwnQueue("replies", randomUUID());
    await channel.assertQueue(name, { durable: false, exclusive: true, autoDelete: true });
    const take = (message: ConsumeMessage | null) => {
      if (message === null) return connection.reset(new Error("the reply queue was deleted"));
      this.#requests.deliver(decodeReply(message));
    };
    await channel.consume(name, take, { noAck: true, exclusive: true });
    return name;
  }
}

function decodeReply({ properties, content }: ConsumeMessage): DecodedControlReply {
  const { contentType, contentEncoding, headers } = properties;
  return decodeControlReplyParts({
    // Of all headers only these are read; a worker's other ones need not be JSON.
    headers: new Map(["ticket", "compression"].map((name) => [name, toText(headers?.[name])])),
    contentType: toText(contentType),
    contentEncoding: toText(contentEncoding),
    body: content,
  });
}

function toText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
