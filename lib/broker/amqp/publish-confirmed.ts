import type { ConfirmChannel, Message, Options } from "amqplib";

/** Longest time between two confirms; a slow disk takes a while. */
const CONFIRM_TIMEOUT_MS = 10_000;
const NOT_FOUND = 404;

export interface OutgoingMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Buffer;
  readonly options: Options.Publish;
}

/**
 * What became of a message: a queue has it; no queue takes it; RabbitMQ refused it, as a full queue does; the connection broke
 * before it was confirmed, or before it was written; or amqplib can't write it, for the reason given.
 */
export type Fate =
  | "sent"
  | "unroutable"
  | "refused"
  | "unknown"
  | "unwritten"
  | { readonly unwritable: string };

/**
 * Publishes the messages in their order, all mandatory, and resolves with what became of each: once RabbitMQ has confirmed
 * them, at the end of the channel, or when no confirm has come for 10 s. One call at a time for a channel.
 */
export async function publishConfirmed(
  channel: ConfirmChannel,
  messages: readonly OutgoingMessage[],
): Promise<readonly Fate[]> {
  if (messages.length === 0) return [];
  const confirms = new Confirms(messages.length);
  const onReturn = ({ properties }: Message) => confirms.noteReturned(properties.messageId);
  const onError = ({ code }: { code?: number }) => confirms.noteRefusal(code ?? 0);
  const giveUp = () => confirms.giveUp();
  channel.on("return", onReturn).on("error", onError).once("close", giveUp);
  for (const [index, message] of messages.entries()) publish(channel, message, index, confirms);
  const fates = await confirms.all;
  channel.off("return", onReturn).off("error", onError).off("close", giveUp);
  return fates;
}

function publish(channel: ConfirmChannel, message: OutgoingMessage, index: number, confirms: Confirms): void {
  const options = { ...message.options, mandatory: true, messageId: String(index) };
  const onConfirm = (error: unknown) => confirms.settle(index, error);
  try {
    channel.publish(message.exchange, message.routingKey, message.body, options, onConfirm);
  } catch (error) {
    confirms.setFate(index, describeThrown(error));
  }
}

/** The fates of messages under way. */
class Confirms {
  readonly all: Promise<readonly Fate[]>;
  readonly #fates: (Fate | null)[];
  readonly #returned = new Set<number>();
  readonly #timer: NodeJS.Timeout;
  #open: number;
  /** The fate of those that no confirm comes for. */
  #rest: Fate = "unknown";
  #resolve: (fates: readonly Fate[]) => void = () => undefined;

  constructor(count: number) {
    this.#fates = Array<Fate | null>(count).fill(null);
    this.#open = count;
    this.#timer = setTimeout(() => this.giveUp(), CONFIRM_TIMEOUT_MS);
    this.all = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** RabbitMQ ends the channel of one who publishes to an exchange that it doesn't have. */
  noteRefusal(code: number): void {
    if (code === NOT_FOUND) this.#rest = "unroutable";
  }

  /** RabbitMQ returns a message before it confirms it. */
  noteReturned(messageId: unknown): void {
    this.#returned.add(Number(messageId));
  }

  settle(index: number, error: unknown): void {
    if (this.#returned.has(index)) this.setFate(index, "unroutable");
    else if (error === null) this.setFate(index, "sent");
    else this.setFate(index, isNack(error) ? "refused" : this.#rest);
  }

  setFate(index: number, fate: Fate): void {
    if (this.#fates[index] !== null) return;
    this.#fates[index] = fate;
    this.#open -= 1;
    this.#timer.refresh();
    if (this.#open === 0) this.giveUp();
  }

  /** No more confirms will come. */
  giveUp(): void {
    clearTimeout(this.#timer);
    this.#resolve(this.#fates.map((fate) => fate ?? this.#rest));
  }
}

/** amqplib tells a nack from the end of the channel by the text alone. */
function isNack(error: unknown): boolean {
  return error instanceof Error && error.message === "message nacked";
}

function describeThrown(error: unknown): Fate {
  // The channel was closed meanwhile: this message was never written.
  if (error instanceof Error && error.name === "IllegalOperationError") return "unwritten";
  return { unwritable: error instanceof Error ? error.message : String(error) };
}
