import type { Redis } from "ioredis";
import { type Binding, isTaskQueue, parseBinding } from "@/lib/celery/virtual/parse-binding";
import type { KeyNames } from "./key-names";

/** Bindings change when a worker or a producer declares a queue. */
const BINDINGS_INTERVAL_MS = 5_000;
const BINDINGS_AT_ONCE = 1_000;
const SCAN_COUNT = 1_000;
/** Steps of SCAN a look: more until the keys were gone through once, so that a small database shows at once. */
const FIRST_SCAN_STEPS = 10;
const LATER_SCAN_STEPS = 1;
const SCAN_REST_MS = 60_000;
const MOST_EXCHANGES = 2_000;
const MOST_QUEUES = 2_000;
const MOST_BINDINGS = 10_000;

/** What is known of one exchange; a large binding set is read in pieces. */
interface Exchange {
  cursor: string;
  bindings: readonly Binding[];
  gathered: Binding[];
}

/**
 * The queues of a broker, without KEYS (celery-wire.md B.1): a binding set is named by its exchange, and the exchange of a
 * queue is by Celery's default named as the queue. Exchanges of other names are found by a SCAN that goes on where the last look
 * left it: each look costs one or, at first, ten steps of 1,000 keys, however many keys there are, and a full round rests for a
 * minute.
 */
export class QueueDirectory {
  readonly #names: KeyNames;
  readonly #separator: string;
  readonly #exchanges = new Map<string, Exchange>();
  #hinted: readonly string[] = [];
  #scan = { cursor: "0", rounds: 0, restUntil: 0 };
  #readBindingsAt = 0;

  constructor(names: KeyNames, separator: string) {
    this.#names = names;
    this.#separator = separator;
  }

  /** Looks again for queues; `hinted` are names known from elsewhere, which are queues in any case. */
  async refresh(client: Redis, hinted: readonly string[]): Promise<void> {
    this.#hinted = hinted.filter((name) => name !== "" && isTaskQueue(name));
    const before = this.#exchanges.size;
    for (const name of this.#hinted) this.#addExchange(name);
    await this.#scanForExchanges(client);
    const isDue = Date.now() >= this.#readBindingsAt || this.#exchanges.size > before;
    if (!isDue) return;
    await this.#readBindings(client);
    this.#readBindingsAt = Date.now() + BINDINGS_INTERVAL_MS;
  }

  /** Names of queues that hold tasks, in the order of the alphabet; at most 2,000, the hinted ones first to stay. */
  listQueues(): string[] {
    const bound = [...this.#exchanges.values()].flatMap(({ bindings }) => bindings.map(({ queue }) => queue));
    const queues = new Set([...this.#hinted, ...bound.filter(isTaskQueue)]);
    return [...queues].slice(0, MOST_QUEUES).sort();
  }

  /** Whether an exchange is known to be bound to the queue. */
  isBound(queue: string): boolean {
    return [...this.#exchanges.values()].some(({ bindings }) =>
      bindings.some((binding) => binding.queue === queue),
    );
  }

  /** The queue that a message went to, or null when that can't be told. */
  findQueue(exchange: string, routingKey: string): string | null {
    if (exchange === "") return routingKey;
    const queues = this.#exchanges
      .get(exchange)
      ?.bindings.filter((binding) => binding.routingKey === routingKey);
    return queues?.length === 1 ? (queues[0]?.queue ?? null) : null;
  }

  #addExchange(name: string): void {
    // These bind mailboxes and event receivers, and those of dead workers stay in them for ever.
    const holdsNoTasks = name.endsWith(".pidbox") || name.startsWith("celeryev");
    if (holdsNoTasks || this.#exchanges.has(name) || this.#exchanges.size >= MOST_EXCHANGES) return;
    this.#exchanges.set(name, { cursor: "0", bindings: [], gathered: [] });
  }

  async #scanForExchanges(client: Redis): Promise<void> {
    const steps = this.#scan.rounds === 0 ? FIRST_SCAN_STEPS : LATER_SCAN_STEPS;
    for (let step = 0; step < steps && Date.now() >= this.#scan.restUntil; step += 1) {
      const { cursor, rounds } = this.#scan;
      const [next, keys] = await client.scan(
        cursor,
        "MATCH",
        this.#names.bindingPattern,
        "COUNT",
        SCAN_COUNT,
      );
      for (const key of keys) this.#addExchange(this.#names.exchangeOf(key));
      this.#scan =
        next === "0"
          ? { cursor: next, rounds: rounds + 1, restUntil: Date.now() + SCAN_REST_MS }
          : { ...this.#scan, cursor: next };
    }
  }

  async #readBindings(client: Redis): Promise<void> {
    const exchanges = [...this.#exchanges];
    const pipeline = client.pipeline();
    for (const [name, { cursor }] of exchanges) {
      pipeline.sscan(this.#names.binding(name), cursor, "COUNT", BINDINGS_AT_ONCE);
    }
    const answers = (await pipeline.exec()) ?? [];
    for (const [index, [, exchange]] of exchanges.entries()) {
      const [error, answer] = answers[index] ?? [];
      // A key of that name that is no set is nobody's binding.
      if (error || !Array.isArray(answer)) continue;
      const [cursor, members] = answer as [string, string[]];
      this.#addBindings(exchange, cursor, members);
    }
  }

  #addBindings(exchange: Exchange, cursor: string, members: readonly string[]): void {
    const bindings = members.map((member) => parseBinding(member, this.#separator));
    if (exchange.gathered.length < MOST_BINDINGS) {
      exchange.gathered.push(...bindings.filter((binding) => binding !== null));
    }
    exchange.cursor = cursor;
    if (cursor !== "0") return;
    exchange.bindings = exchange.gathered;
    exchange.gathered = [];
  }
}
