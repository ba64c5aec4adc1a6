import type { EventBody } from "@/lib/celery/events/event-body";
import { Doorbell } from "./doorbell";

/** Characters that may wait: some seconds of a very busy cluster, and a bound on memory. */
const MAX_CHARACTERS = 80_000_000;
/** Fewer than these may always wait: most of a second of what can be stored. */
const MIN_CHARACTERS = 10_000_000;
/** More than this many characters that wait are a crowd. */
const CROWD_CHARACTERS = 5_000_000;
/** So long after the last crowd what comes next is another burst: where more comes for long than can be stored, it is always crowded. */
const CALM_MS = 5_000;
/** What messages cost beside their characters is bounded, too. */
const MAX_MESSAGES = 120_000;
/** No event of Celery's is this long: a traceback of thousands of frames isn't. */
const MAX_MESSAGE_CHARACTERS = 8_000_000;
/** Messages taken out are cut off the front when there are so many of them. */
const CUT_AT = 5_000;
/** At most so many messages wait together for being stored. */
const GROUP_SIZE = 100;
/** The writer is woken when this many wait. */
const RING_AT = 2_000;

/** An event message as it came. */
export interface BufferedMessage {
  readonly body: EventBody;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}

/**
 * Event messages between the broker and the store, undecoded. Bounded: what doesn't fit is counted and dropped. It holds a burst,
 * or what comes while the store is away; where more comes for long than is taken out, it holds less.
 */
export class EventBuffer {
  readonly doorbell = new Doorbell();
  readonly #maxMessages: number;
  /** Whether messages come in: set once the broker has taken the subscription. */
  isOpen = false;
  /** Whether the broker has more than it hands on: it must be taken out of the socket first. */
  isFlooded = false;
  #messages: BufferedMessage[] = [];
  /** How many of them have been taken out. */
  #head = 0;
  #characters = 0;
  /** Characters that were taken out of a crowd. */
  #takenOfCrowd = 0;
  /** Epoch ms at which a message last came into a crowd. */
  #crowdedAt = 0;
  #received = 0;
  #dropped = 0;
  #lost = 0;
  #uncounted = 0;
  #lastReceivedAt: number | null = null;
  #taken = 0;
  #stored = 0;
  /** Who wait until so many messages are stored, in order; all that came since the last look share one. */
  #waiting: { readonly until: Promise<void>; readonly resolve: () => void; upTo: number }[] = [];

  /** At most `maxMessages` wait. */
  constructor({ maxMessages = MAX_MESSAGES }: { readonly maxMessages?: number } = {}) {
    this.#maxMessages = maxMessages;
  }

  /** Messages that wait. */
  get size(): number {
    return this.#messages.length - this.#head;
  }

  /**
   * Characters that there is room for. All the room falls by half of what is taken out of a crowd: a burst is gone by then, and where
   * it isn't, waiting longer makes everything late only.
   */
  get room(): number {
    return Math.max(MIN_CHARACTERS, MAX_CHARACTERS - this.#takenOfCrowd / 2) - this.#characters;
  }

  /** Messages that were taken out since the start. */
  get taken(): number {
    return this.#taken;
  }

  /** Messages that came since the start, those dropped included. */
  get received(): number {
    return this.#received;
  }

  /** Messages dropped since the start, by us or by the broker. */
  get dropped(): number {
    return this.#dropped + this.#lost;
  }

  /** How often the broker dropped more than could be counted. */
  get uncounted(): number {
    return this.#uncounted;
  }

  /** Epoch ms of the last message, dropped or not. */
  get lastReceivedAt(): number | null {
    return this.#lastReceivedAt;
  }

  /** Epoch ms at which the message that waits longest came, or null when none waits. */
  get oldestReceivedAt(): number | null {
    return this.#messages[this.#head]?.receivedAt ?? null;
  }

  /** Counts messages that the broker had to drop; `isMinimum`: there were more. */
  noteLost(count: number, isMinimum: boolean): void {
    this.#lost += count;
    if (isMinimum) this.#uncounted += 1;
  }

  /**
   * Takes a message in. Quick and never throws, as a broker's handler must be. The promise is fulfilled when the message is in
   * the store; a message that was dropped has none.
   */
  add(body: EventBody, receivedAt: number): Promise<void> | undefined {
    this.#lastReceivedAt = receivedAt;
    this.#received += 1;
    if (this.#characters > CROWD_CHARACTERS) this.#crowdedAt = receivedAt;
    else if (receivedAt - this.#crowdedAt > CALM_MS) this.#takenOfCrowd = 0;
    const isTooLong = body.length > MAX_MESSAGE_CHARACTERS;
    if (isTooLong || this.size >= this.#maxMessages || body.length > this.room) {
      this.#dropped += 1;
      return undefined;
    }
    this.#messages.push({ body, receivedAt });
    this.#characters += body.length;
    if (this.size === RING_AT) this.doorbell.ring();
    return this.#waitUntilStored(this.#taken + this.size);
  }

  /** Takes out up to `limit` messages, the oldest first. */
  take(limit: number): readonly BufferedMessage[] {
    const taken = this.#messages.slice(this.#head, this.#head + limit);
    this.#head += taken.length;
    if (this.#head >= CUT_AT || this.size === 0) {
      this.#messages = this.#messages.slice(this.#head);
      this.#head = 0;
    }
    const characters = taken.reduce((sum, { body }) => sum + body.length, 0);
    this.#characters -= characters;
    if (this.#characters > CROWD_CHARACTERS) this.#takenOfCrowd += characters;
    this.#taken += taken.length;
    return taken;
  }

  /** To be called when the first `count` of all that were taken out are in the store. */
  noteStored(count: number): void {
    this.#stored = count;
    while (this.#waiting[0] !== undefined && this.#waiting[0].upTo <= this.#stored) {
      this.#waiting.shift()?.resolve();
    }
  }

  #waitUntilStored(upTo: number): Promise<void> {
    const last = this.#waiting.at(-1);
    // Those of one batch wait together: a promise a message would be thousands a second.
    if (last !== undefined && last.upTo > this.#taken && upTo % GROUP_SIZE !== 0) {
      last.upTo = upTo;
      return last.until;
    }
    let resolve = () => {};
    const until = new Promise<void>((settle) => {
      resolve = settle;
    });
    this.#waiting.push({ until, resolve, upTo });
    return until;
  }
}
