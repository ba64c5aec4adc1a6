import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { chooseRetryDelay } from "../link/choose-retry-delay";
import { LinkGate, type LinkState } from "../link/link-gate";
import type { LinkPool } from "../link/link-pool";
import type { AmqpNode, AmqpNodes } from "./amqp-target";
import { type AmqpConnection, connectNode } from "./connect-node";
import { describeAmqpError } from "./describe-amqp-error";
import { openChannel } from "./open-channel";
import { CallTimeout, withTimeout } from "./with-timeout";

/** Between two probes; with the time-out of a call a half-open connection is found within 5 s, much sooner than by heartbeat. */
const PROBE_INTERVAL_MS = 1_500;
const CALL_TIMEOUT_MS = 3_000;
/** Declared in every virtual host by RabbitMQ itself; a passive declare needs no permission. */
const PROBED_EXCHANGE = "amq.topic";
const CLOSE_TIMEOUT_MS = 1_000;

export interface AmqpLinkOptions {
  readonly nodes: AmqpNodes;
  /** Shows in RabbitMQ's list of connections as `celeriac-<role>`. */
  readonly role: string;
  /** Told of each change of the state. */
  readonly onChange: () => void;
  /** Run for each new connection before the link counts as ready; when it fails, the link connects anew. */
  readonly prepare?: (connection: AmqpConnection) => Promise<unknown>;
}

/** The connections of one broker. */
export type AmqpLinks = LinkPool<AmqpLink, [role: string, prepare?: AmqpLinkOptions["prepare"]]>;

/** One connection that comes back by itself, to the next server of the list, until it is closed. */
export class AmqpLink {
  readonly #options: AmqpLinkOptions;
  readonly #gate: LinkGate;
  readonly #end = new AbortController();
  readonly #ended: Promise<void>;
  #current: AmqpConnection | null = null;

  constructor(options: AmqpLinkOptions) {
    this.#options = options;
    this.#gate = new LinkGate(options.onChange);
    this.#ended = this.#run();
  }

  get state(): LinkState {
    return this.#gate.state;
  }

  /** The server that the link leads to, or will try first. */
  get node(): AmqpNode {
    return this.#current?.node ?? this.#options.nodes[0];
  }

  /**
   * Runs `work` on the connection. Rejects with AppError `broker_unavailable` when the broker is away or refuses, or when
   * `work` takes longer than 3 s: then the connection, of which nothing can be known, is ended.
   */
  async call<T>(work: (connection: AmqpConnection) => Promise<T>, timeoutMs = CALL_TIMEOUT_MS): Promise<T> {
    await this.#gate.pass();
    const connection = this.#current;
    if (connection === null) throw toAppError(new Error("the connection broke"));
    try {
      return await withTimeout(work(connection), timeoutMs);
    } catch (error) {
      if (error instanceof CallTimeout) connection.reset(error);
      if (error instanceof AppError) throw error;
      // What ended the connection says more than what failed because of that.
      throw toAppError(connection.signal.aborted ? connection.signal.reason : error);
    }
  }

  /** Resolves once the link is ready, is closed, or `signal` aborts. */
  waitUntilReady(signal: AbortSignal): Promise<void> {
    return this.#gate.waitUntilReady(signal);
  }

  /** Ends the connection and every timer; what is under way is rejected. */
  async close(): Promise<void> {
    const goodbye = this.#current?.model.close() ?? Promise.resolve();
    await withTimeout(goodbye, CLOSE_TIMEOUT_MS).catch(() => undefined);
    this.#end.abort();
    await this.#ended;
    this.#gate.close();
  }

  async #run(): Promise<void> {
    for (let failures = 0, turn = 0; !this.#end.signal.aborted; turn += 1) {
      const { nodes } = this.#options;
      // The list is never empty.
      const node = nodes[turn % nodes.length] ?? nodes[0];
      const wasReady = await this.#live(node);
      failures = wasReady ? 1 : failures + 1;
      await delay(chooseRetryDelay(failures), null, { signal: this.#end.signal }).catch(() => undefined);
    }
  }

  /** Lives through one connection, from the attempt to its end. Returns whether it was ever ready; never rejects. */
  async #live(node: AmqpNode): Promise<boolean> {
    const lifetime = new AbortController();
    const abort = () => lifetime.abort();
    this.#end.signal.addEventListener("abort", abort);
    let wasReady = false;
    try {
      const connection = await connectNode(node, { role: this.#options.role, lifetime });
      this.#current = connection;
      await withTimeout(this.#prepare(connection), CALL_TIMEOUT_MS);
      lifetime.signal.throwIfAborted();
      wasReady = true;
      this.#gate.setState(true, null);
      await probe(connection);
    } catch (error) {
      // What ended the connection says more than what failed because of that.
      const reason: unknown = lifetime.signal.aborted ? lifetime.signal.reason : error;
      if (!this.#end.signal.aborted) this.#gate.setState(false, describeAmqpError(reason));
    } finally {
      this.#current = null;
      this.#end.signal.removeEventListener("abort", abort);
      // Else the socket of a server that went silent would stay.
      lifetime.abort();
    }
    return wasReady;
  }

  async #prepare(connection: AmqpConnection): Promise<void> {
    await this.#options.prepare?.(connection);
  }
}

/** Asks for a sign of life again and again; rejects when there is none, or when the connection has ended. */
async function probe(connection: AmqpConnection): Promise<never> {
  const channel = await withTimeout(openChannel(connection), CALL_TIMEOUT_MS);
  for (;;) {
    await delay(PROBE_INTERVAL_MS, null, { signal: connection.signal });
    // While its alarm is on, RabbitMQ reads nothing from those who publish; it still sends heartbeats.
    if (connection.blocked() !== null) continue;
    await withTimeout(channel.checkExchange(PROBED_EXCHANGE), CALL_TIMEOUT_MS);
  }
}

function toAppError(cause: unknown): AppError {
  return new AppError("broker_unavailable", `The broker call failed: ${describeAmqpError(cause)}.`, {
    cause,
  });
}
