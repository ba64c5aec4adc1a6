import type { Redis } from "ioredis";

/** Time for parsing in one turn of the event loop, between two looks at the socket. */
const TURN_MS = 2;
/** So much in one turn is a flood: then reading goes before parsing. */
const FLOOD_BYTES = 512 * 1024;
/** The most that waits for being parsed; beyond it the socket is left to fill. */
const MAX_BYTES = 96 * 1024 * 1024;

/** What happens to a connection's `data` that is kept for the client's own parser. */
type Parse = (chunk: Buffer) => void;

interface Drain {
  /** Told whether what comes is only read, for now. */
  readonly onFlood: (isFlood: boolean) => void;
  /** Bytes that there is room for, once they are parsed. More than that isn't held back: what finds no room is to be dropped now. */
  readonly room: () => number;
}

/** The drained socket; epoch ms. */
export interface DrainedSocket {
  /** When what is being parsed, or was parsed last, was read. */
  readonly readAt: number;
  /** When the last connection ended; null before. */
  readonly endedAt: number | null;
}

/**
 * Has the client's socket read as fast as it fills, and what was read parsed afterwards, a little a turn: Redis cuts a subscriber
 * for which it has to hold 32 MB (client-output-buffer-limit pubsub), and parsing takes longer than reading by far. In quiet times what
 * comes is parsed at once.
 */
export function drainFirst(client: Redis, drain: Drain): DrainedSocket {
  let backlog: Backlog | null = null;
  let endedAt: number | null = null;
  client.on("connect", () => {
    const { stream } = client;
    // Safe: ioredis has put its parser there just before it told of the connection (ioredis/built/DataHandler).
    const [parse] = stream.listeners("data") as Parse[];
    if (parse === undefined) return;
    const waiting = new Backlog(parse, stream, drain);
    backlog = waiting;
    stream.off("data", parse).prependListener("data", (chunk: Buffer) => waiting.add(chunk));
    stream.prependListener("close", () => {
      endedAt = Date.now();
      // What came before the end counts; once the client knows of the end it takes no more.
      waiting.parseAll();
    });
  });
  return {
    get readAt() {
      return backlog?.readAt ?? Date.now();
    },
    get endedAt() {
      return endedAt;
    },
  };
}

/** What was read and not parsed, in order. */
class Backlog {
  readonly #parse: Parse;
  readonly #stream: Pick<Redis["stream"], "pause" | "resume">;
  readonly #drain: Drain;
  /** Epoch ms at which the chunk that was parsed last was read. */
  readAt = Date.now();
  #chunks: { readonly bytes: Buffer; readonly readAt: number }[] = [];
  #parsed = 0;
  #bytes = 0;
  #readInTurn = 0;
  #turn: NodeJS.Immediate | undefined;

  constructor(parse: Parse, stream: Pick<Redis["stream"], "pause" | "resume">, drain: Drain) {
    this.#parse = parse;
    this.#stream = stream;
    this.#drain = drain;
  }

  add(bytes: Buffer): void {
    this.#chunks.push({ bytes, readAt: Date.now() });
    this.#bytes += bytes.length;
    this.#readInTurn += bytes.length;
    if (this.#bytes > MAX_BYTES) this.#stream.pause();
    this.#turn ??= setImmediate(() => this.#parseSome());
  }

  parseAll(): void {
    clearImmediate(this.#turn);
    this.#drain.onFlood(false);
    this.#parseUntil(Number.POSITIVE_INFINITY);
  }

  #parseSome(): void {
    const isFlood = this.#readInTurn >= FLOOD_BYTES && this.#bytes < Math.min(MAX_BYTES, this.#drain.room());
    this.#readInTurn = 0;
    this.#drain.onFlood(isFlood);
    if (!isFlood) this.#parseUntil(performance.now() + TURN_MS);
    this.#turn = this.#bytes > 0 ? setImmediate(() => this.#parseSome()) : undefined;
  }

  #parseUntil(end: number): void {
    const wasFull = this.#bytes > MAX_BYTES;
    do {
      const chunk = this.#chunks[this.#parsed];
      if (chunk === undefined) break;
      this.#parsed += 1;
      this.#bytes -= chunk.bytes.length;
      this.readAt = chunk.readAt;
      this.#parse(chunk.bytes);
    } while (performance.now() < end);
    this.#chunks.splice(0, this.#parsed);
    this.#parsed = 0;
    if (wasFull && this.#bytes <= MAX_BYTES) this.#stream.resume();
  }
}
