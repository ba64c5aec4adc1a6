import type { ConfirmChannel, Message, Options } from "amqplib";

/** Longest time between two confirms; a slow disk takes a while. */
const CONFIRM_TIMEOUT_MS = 10_000;
/** Messages that wait for their confirm at a time: when RabbitMQ dies, of no more than these is anything unknown. */
const WINDOW = 500;
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
 * A message that goes between the others without a fate of its own, or null: asked for each time when `count` of them
 * have been written. `isClean`: none of them was refused so far.
 */
export type Interlude = (count: number, isClean: boolean) => OutgoingMessage | null;

/**
 * Publishes the messages in their order, all mandatory, and resolves with what became of each: once RabbitMQ has confirmed
 * them, at the end of the channel, or when no confirm has come for 10 s. One call at a time for a channel.
 */
export async function publishConfirmed(
  channel: ConfirmChannel,
  messages: readonly OutgoingMessage[],
  interlude: Interlude = () => null,
): Promise<readonly Fate[]> {
  if (messages.length === 0) return [];
  const confirms = new Confirms(messages.length);
  const onReturn = ({ properties }: Message) => confirms.noteReturned(properties.messageId);
  const onError = ({ code }: { code?: number }) => confirms.noteRefusal(code ?? 0);
  const giveUp = () => confirms.giveUp();
  channel.on("return", onReturn).on("error", onError).once("close", giveUp);
  for (const [index, message] of messages.entries()) {
    if (confirms.isFull) await confirms.waitForRoom();
    if (confirms.isOver) break;
    publish(channel, message, index, confirms);
    const between = interlude(index + 1, confirms.isClean);
    if (between !== null) publishUnwatched(channel, between);
  }
  const fates = await confirms.all;
  channel.off("return", onReturn).off("error", onError).off("close", giveUp);
  return fates;
}

function publish(channel: ConfirmChannel, message: OutgoingMessage, index: number, confirms: Confirms): void {
  const options = { ...message.options, mandatory: true, messageId: String(index) };
  const onConfirm = (error: unknown) => confirms.settle(index, error);
  confirms.noteWritten();
  try {
    channel.publish(message.exchange, message.routingKey, message.body, options, onConfirm);
  } catch (error) {
    confirms.setFate(index, describeThrown(error));
  }
}

function publishUnwatched(channel: ConfirmChannel, message: OutgoingMessage): void {
  try {
    channel.publish(message.exchange, message.routingKey, message.body, message.options);
  } catch {
    // The channel was closed: the messages around it tell.
  }
}

/** The fates of messages under way. */
class Confirms {
  readonly all: Promise<readonly Fate[]>;
  readonly #fates: (Fate | null)[];
  readonly #returned = new Set<number>();
  readonly #timer: NodeJS.Timeout;
  #written = 0;
  #settled = 0;
  /** The fate of those that no confirm comes for. */
  #rest: Fate = "unknown";
  #resolve: (fates: readonly Fate[]) => void = () => undefined;
  #onRoom: () => void = () => undefined;
  isOver = false;
  isClean = true;

  constructor(count: number) {
    this.#fates = Array<Fate | null>(count).fill(null);
    this.#timer = setTimeout(() => this.giveUp(), CONFIRM_TIMEOUT_MS);
    this.all = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get isFull(): boolean {
    return !this.isOver && this.#written - this.#settled >= WINDOW;
  }

  /** Resolves when there is room for half a window, or no confirms will come any more. */
  waitForRoom(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRoom = resolve;
    });
  }

  noteWritten(): void {
    this.#written += 1;
  }

  /** RabbitMQ ends the channel of one who publishes to an exchange that it doesn't have. */
  noteRefusal(code: number): void {
    if (code === NOT_FOUND) this.#rest = "unroutable";
  }

  /** RabbitMQ returns a message before it confirms it. */
  noteReturned(messageId: unknown): void {
    // A message without a number is an interlude.
    if (messageId !== undefined) this.#returned.add(Number(messageId));
  }

  settle(index: number, error: unknown): void {
    if (this.#returned.has(index)) this.setFate(index, "unroutable");
    else if (error === null) this.setFate(index, "sent");
    else this.setFate(index, isNack(error) ? "refused" : this.#rest);
  }

  setFate(index: number, fate: Fate): void {
    if (this.#fates[index] !== null) return;
    this.#fates[index] = fate;
    this.#settled += 1;
    if (fate !== "sent") this.isClean = false;
    this.#timer.refresh();
    if (this.#written - this.#settled <= WINDOW / 2) this.#onRoom();
    if (this.#settled === this.#fates.length) this.giveUp();
  }

  /** No more confirms will come. */
  giveUp(): void {
    clearTimeout(this.#timer);
    this.isOver = true;
    this.#onRoom();
    this.#resolve(
      this.#fates.map((fate, index) => fate ?? (index < this.#written ? this.#rest : "unwritten")),
    );
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
