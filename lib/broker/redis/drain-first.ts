import type { Redis } from "ioredis";

/** Time for parsing in one turn of the event loop, between two looks at the socket. */
const TURN_MS = 2;
/** So much in one turn is a flood: then reading goes before parsing. */
const FLOOD_BYTES = 512 * 1024;
/** What waits for being parsed; beyond it the socket is left to fill. */
const MAX_BYTES = 128 * 1024 * 1024;

/** What happens to a connection's `data` that is kept for the client's own parser. */
type Parse = (chunk: Buffer) => void;

/** Told whether what comes is only read, for now. */
type OnFlood = (isFlood: boolean) => void;

/**
 * Has the client's socket read as fast as it fills, and what was read parsed afterwards, a little a turn: Redis cuts a subscriber
 * for which it has to hold 32 MB (client-output-buffer-limit pubsub), and parsing takes longer than reading by far. At most
 * 128 MB wait. In quiet times what comes is parsed at once.
 */
export function drainFirst(client: Redis, onFlood: OnFlood): void {
  client.on("connect", () => {
    const { stream } = client;
    // Safe: ioredis has put its parser there just before it told of the connection (ioredis/built/DataHandler).
    const [parse] = stream.listeners("data") as Parse[];
    if (parse === undefined) return;
    const backlog = new Backlog(parse, stream, onFlood);
    stream.off("data", parse).prependListener("data", (chunk: Buffer) => backlog.add(chunk));
    // What came before the end counts; once the client knows of the end it takes no more.
    stream.prependListener("close", () => backlog.parseAll());
  });
}

/** What was read and not parsed, in order. */
class Backlog {
  readonly #parse: Parse;
  readonly #stream: Pick<Redis["stream"], "pause" | "resume">;
  readonly #onFlood: OnFlood;
  #chunks: Buffer[] = [];
  #parsed = 0;
  #bytes = 0;
  #readInTurn = 0;
  #turn: NodeJS.Immediate | undefined;

  constructor(parse: Parse, stream: Pick<Redis["stream"], "pause" | "resume">, onFlood: OnFlood) {
    this.#parse = parse;
    this.#stream = stream;
    this.#onFlood = onFlood;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    this.#readInTurn += chunk.length;
    if (this.#bytes > MAX_BYTES) this.#stream.pause();
    this.#turn ??= setImmediate(() => this.#parseSome());
  }

  parseAll(): void {
    clearImmediate(this.#turn);
    this.#onFlood(false);
    this.#parseUntil(Number.POSITIVE_INFINITY);
  }

  #parseSome(): void {
    const isFlood = this.#readInTurn >= FLOOD_BYTES && this.#bytes < MAX_BYTES;
    this.#readInTurn = 0;
    this.#onFlood(isFlood);
    if (!isFlood) this.#parseUntil(performance.now() + TURN_MS);
    this.#turn = this.#bytes > 0 ? setImmediate(() => this.#parseSome()) : undefined;
  }

  #parseUntil(end: number): void {
    const wasFull = this.#bytes > MAX_BYTES;
    do {
      const chunk = this.#chunks[this.#parsed];
      if (chunk === undefined) break;
      this.#parsed += 1;
      this.#bytes -= chunk.length;
      this.#parse(chunk);
    } while (performance.now() < end);
    this.#chunks.splice(0, this.#parsed);
    this.#parsed = 0;
    if (wasFull && this.#bytes <= MAX_BYTES) this.#stream.resume();
  }
}
