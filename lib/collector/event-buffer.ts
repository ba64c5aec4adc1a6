import { Doorbell } from "./doorbell";

/** Messages and characters that may wait: some seconds of a very busy cluster, and a bound on memory. */
const MAX_MESSAGES = 100_000;
const MAX_CHARACTERS = 128_000_000;
/** No event of Celery's is this long: a traceback of thousands of frames isn't. */
const MAX_MESSAGE_CHARACTERS = 8_000_000;
/** The writer is woken when this many wait. */
const RING_AT = 2_000;

/** An event message as it came. */
export interface BufferedMessage {
  readonly body: string | Uint8Array;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}

/** Event messages between the broker and the store, undecoded. Bounded: what doesn't fit is counted and dropped. */
export class EventBuffer {
  readonly doorbell = new Doorbell();
  #messages: BufferedMessage[] = [];
  #characters = 0;
  #received = 0;
  #dropped = 0;
  #lastReceivedAt: number | null = null;

  /** Messages that wait. */
  get size(): number {
    return this.#messages.length;
  }

  /** Messages that came since the start, those dropped included. */
  get received(): number {
    return this.#received;
  }

  /** Messages dropped since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Epoch ms of the last message, dropped or not. */
  get lastReceivedAt(): number | null {
    return this.#lastReceivedAt;
  }

  /** Epoch ms at which the message that waits longest came, or null when none waits. */
  get oldestReceivedAt(): number | null {
    return this.#messages[0]?.receivedAt ?? null;
  }

  /** Takes a message in. Quick and never throws, as a broker's handler must be. */
  add(body: string | Uint8Array, receivedAt: number): void {
    this.#lastReceivedAt = receivedAt;
    this.#received += 1;
    const isTooLong = body.length > MAX_MESSAGE_CHARACTERS;
    if (
      isTooLong ||
      this.#messages.length >= MAX_MESSAGES ||
      this.#characters + body.length > MAX_CHARACTERS
    ) {
      this.#dropped += 1;
      return;
    }
    this.#messages.push({ body, receivedAt });
    this.#characters += body.length;
    if (this.#messages.length === RING_AT) this.doorbell.ring();
  }

  /** Takes out up to `limit` messages, the oldest first. */
  take(limit: number): readonly BufferedMessage[] {
    const taken = this.#messages.slice(0, limit);
    this.#messages = this.#messages.slice(limit);
    for (const { body } of taken) this.#characters -= body.length;
    return taken;
  }
}
