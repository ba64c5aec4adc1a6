import { setImmediate as nextTurn } from "node:timers/promises";
import { decodeEventMessage } from "@/lib/celery/events/decode-event-message";
import type { EventBuffer } from "./event-buffer";
import type { ReceivedEvent } from "./fold-events";
import { RateMeter } from "./rate-meter";

/** Of one batch: enough that a statement is worth its while, few enough that folding them holds nothing up. */
export const BATCH_EVENTS = 4_000;
/** Decoded in one go: the socket must be drained meanwhile. A message holds up to 24 events. */
const SLICE_MESSAGES = 50;
/** Messages that come in one turn of the event loop when the socket holds as many as it can. */
const POURING = 500;

/** Events that were taken out of the buffer together. */
export interface DecodedEvents {
  readonly events: readonly ReceivedEvent[];
  /** Messages taken since the start, theirs included. */
  readonly upTo: number;
  /** Epoch ms at which the first of them came; null when there are none. */
  readonly receivedAt: number | null;
}

/** Takes messages out of the buffer and decodes them, a batch of events at a time. */
export class EventDecoder {
  readonly meter = new RateMeter();
  readonly #buffer: EventBuffer;
  #malformed = 0;

  constructor(buffer: EventBuffer) {
    this.#buffer = buffer;
  }

  /** Events, or whole messages, that made no sense, since the start. */
  get malformed(): number {
    return this.#malformed;
  }

  /** The next batch, of the messages up to `upTo` since the start; null when these are all taken. */
  async decode(upTo: number): Promise<DecodedEvents | null> {
    const { taken, oldestReceivedAt: receivedAt } = this.#buffer;
    const events: ReceivedEvent[] = [];
    while (events.length < BATCH_EVENTS && this.#buffer.taken < upTo) {
      this.#decodeSlice(events);
      await this.letMessagesIn();
    }
    return this.#buffer.taken === taken ? null : { events, upTo: this.#buffer.taken, receivedAt };
  }

  /**
   * Gives the event loop its turn. As long as messages pour in they are taken in first: Redis cuts a reader that lags by 32 MB,
   * and all of that is lost.
   */
  async letMessagesIn(): Promise<void> {
    let before: number;
    do {
      before = this.#buffer.received;
      await nextTurn();
    } while (this.#buffer.isFlooded || this.#buffer.received - before >= POURING);
  }

  #decodeSlice(into: ReceivedEvent[]): void {
    for (const { body, receivedAt } of this.#buffer.take(SLICE_MESSAGES)) {
      const { events, malformed } = decodeEventMessage(body);
      this.#malformed += malformed;
      this.meter.add(events.length, receivedAt);
      for (const event of events) into.push({ event, receivedAt });
    }
  }
}
