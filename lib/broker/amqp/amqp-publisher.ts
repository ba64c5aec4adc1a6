import type { ConfirmChannel } from "amqplib";
import { AppError } from "@/lib/errors";
import type { DispatchMark, DispatchProgress, OutgoingTask, PublishFailure } from "../broker";
import type { AmqpLink } from "./amqp-link";
import { BatchMarks, createMark, MARK_EVERY } from "./batch-marks";
import type { AmqpConnection } from "./connect-node";
import { createPublishOptions } from "./create-publish-options";
import { openConfirmChannel } from "./open-channel";
import { type Fate, type Interlude, type OutgoingMessage, publishConfirmed } from "./publish-confirmed";

/** Longer than publishConfirmed waits for a confirm: it gives up by itself. */
const PUBLISH_TIMEOUT_MS = 10 * 60_000;

/** Sends messages with confirms on one channel, which the connection is only given for that. */
export class AmqpPublisher {
  readonly #open: () => AmqpLink;
  readonly #channels = new WeakMap<AmqpConnection, ConfirmChannel>();
  readonly #marks = new BatchMarks();
  #last: Promise<unknown> = Promise.resolve();

  /** `open` returns the link to publish on; few processes send anything. */
  constructor(open: () => AmqpLink) {
    this.#open = open;
  }

  /**
   * Sends the tasks to the default exchange, as Celery does (celery-wire.md H), with marks of the batch between them. Resolves
   * with those that no queue took or that may not have arrived. Rejects with AppError `broker_unavailable` when nothing
   * was sent, `conflict` while another connection sends the batch.
   */
  async publishTasks(
    tasks: readonly OutgoingTask[],
    mark: DispatchMark | null,
  ): Promise<readonly PublishFailure[]> {
    if (tasks.length === 0) return [];
    const messages = tasks.map(toMessage);
    const fates = await this.#inTurn(async (connection) => {
      const interlude = mark === null ? undefined : await this.#prepareMarks(connection, mark, tasks.length);
      return this.#send(connection, messages, interlude);
    });
    const failures = fates.map((fate, index) => describeFate(fate, index, tasks[index]?.queue ?? ""));
    return failures.filter((failure) => failure !== null);
  }

  /** Sends the messages; what became of each. Rejects with AppError `broker_unavailable` when nothing was sent. */
  publish(messages: readonly OutgoingMessage[]): Promise<readonly Fate[]> {
    return this.#inTurn((connection) => this.#send(connection, messages));
  }

  /** What the last mark of a batch says; see the port. */
  async getProgress(batchId: string): Promise<DispatchProgress | null> {
    const position = await this.#open().call((connection) => this.#marks.read(connection, batchId));
    return position === null ? null : { position, doubtful: MARK_EVERY };
  }

  /** Ends this connection's part in a batch; see the port. */
  async endBatch(batchId: string, isOver: boolean): Promise<void> {
    // Where the connection has ended, so has its part.
    await this.#open()
      .call((connection) => this.#marks.end(connection, batchId, isOver))
      .catch(() => undefined);
  }

  /** One after the other: a returned message is told by its number in the call. */
  #inTurn<T>(work: (connection: AmqpConnection) => Promise<T>): Promise<T> {
    const link = this.#open();
    const turn = this.#last.then(() => link.call(work, PUBLISH_TIMEOUT_MS));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #send(
    connection: AmqpConnection,
    messages: readonly OutgoingMessage[],
    interlude?: Interlude,
  ): Promise<readonly Fate[]> {
    const alarm = connection.blocked();
    if (alarm !== null) throw createAlarmError(alarm);
    const fates = await publishConfirmed(await this.#getChannel(connection), messages, interlude);
    if (fates.every((fate) => fate === "unwritten")) throw new Error("the connection broke");
    // Whatever RabbitMQ would still say of these messages must not be taken for an answer to the next ones.
    if (fates.includes("unknown")) connection.reset(new Error("the broker did not confirm what was sent"));
    return fates;
  }

  /** Returns what sets marks between `count` tasks; undefined where RabbitMQ keeps none for us. */
  async #prepareMarks(
    connection: AmqpConnection,
    { batchId, position, positions }: DispatchMark,
    count: number,
  ): Promise<Interlude | undefined> {
    const hold = await this.#marks.hold(connection, batchId);
    if (!hold.hasMarks || positions === undefined) return undefined;
    if (!hold.isPrimed) {
      // From here on no mark at all means that RabbitMQ has lost it.
      const [fate] = await this.#send(connection, [createMark(batchId, positions[0] ?? position)]);
      if (fate !== "sent") throw new Error("RabbitMQ did not take a mark");
      hold.isPrimed = true;
    }
    return (written, isClean) => {
      if (written < count && written % MARK_EVERY > 0) return null;
      const next = written < count ? positions[written] : position;
      return createMark(batchId, isClean && next !== undefined ? next : null);
    };
  }

  async #getChannel(connection: AmqpConnection): Promise<ConfirmChannel> {
    const open = this.#channels.get(connection);
    if (open !== undefined) return open;
    const channel = await openConfirmChannel(connection);
    this.#channels.set(connection, channel);
    channel.once("close", () => this.#channels.delete(connection));
    return channel;
  }
}

function toMessage({ queue, message }: OutgoingTask): OutgoingMessage {
  // Exchange "" with an empty routing key goes nowhere, too; said here, it is said of the right thing.
  if (queue === "") throw new AppError("unprocessable", "Tasks can't be sent to a queue without a name.");
  return {
    exchange: "",
    routingKey: queue,
    body: Buffer.from(message.body, "utf8"),
    options: createPublishOptions(message),
  };
}

function describeFate(fate: Fate, index: number, queue: string): PublishFailure | null {
  if (fate === "sent") return null;
  const told = fate === "unknown" ? "unknown" : fate === "unwritten" ? "unsent" : "refused";
  return { index, reason: explain(fate, queue), fate: told };
}

function explain(fate: Exclude<Fate, "sent">, queue: string): string {
  if (typeof fate === "object") return `RabbitMQ can't carry it: ${fate.unwritable}`;
  switch (fate) {
    case "unroutable":
      return `RabbitMQ has no queue "${queue}"; start a worker that consumes from it, or choose another queue`;
    case "refused":
      return `the queue "${queue}" refused it (it may be full: x-max-length with reject-publish)`;
    case "unwritten":
      return "the connection broke before it was sent";
    case "unknown":
      return "the connection broke before RabbitMQ confirmed it: it may have been sent";
  }
}

function createAlarmError(alarm: string): AppError {
  return new AppError(
    "broker_unavailable",
    `RabbitMQ takes no messages now (${alarm}): free memory or disk.`,
  );
}
