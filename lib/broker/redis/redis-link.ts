import { setTimeout as delay } from "node:timers/promises";
import { type RedisOptions as ClientOptions, Redis } from "ioredis";
import { AppError } from "@/lib/errors";
import { chooseRetryDelay } from "../link/choose-retry-delay";
import { LinkGate, type LinkState } from "../link/link-gate";
import type { LinkPool } from "../link/link-pool";
import { describeRedisError } from "./describe-redis-error";

/** Between two PINGs; with the socket time-out a half-open connection is found within 5 s. */
const PING_INTERVAL_MS = 1_500;
const CLOSE_TIMEOUT_MS = 3_000;

export interface RedisLinkOptions {
  readonly client: ClientOptions;
  /** Told of each change of the state. */
  readonly onChange: () => void;
  /** Run each time the server is reached, before the link counts as ready; when it fails, the link connects anew. */
  readonly prepare?: (client: Redis) => Promise<unknown>;
}

/** The connections of one broker; one opened with `role` shows as `celeriac-<role>` in Redis' CLIENT LIST. */
export type RedisLinks = LinkPool<RedisLink, [role: string, prepare?: RedisLinkOptions["prepare"]]>;

/** One connection that comes back by itself until it is closed. */
export class RedisLink {
  readonly client: Redis;
  readonly #options: RedisLinkOptions;
  readonly #watchdog: NodeJS.Timeout;
  readonly #gate: LinkGate;
  #failure: string | null = null;
  #refusedDatabase: string | null = null;
  #failedPreparations = 0;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.#gate = new LinkGate(options.onChange);
    this.client = new Redis(options.client);
    this.client.on("ready", () => void this.#prepare());
    this.client.on("error", (error: Error) => this.#onError(error));
    this.client.on("close", () =>
      this.#gate.setState(false, this.#failure ?? "the broker closed the connection"),
    );
    this.#watchdog = setInterval(() => this.#ping(), PING_INTERVAL_MS);
  }

  get state(): LinkState {
    return this.#gate.state;
  }

  /**
   * Runs `work` on the connection. Rejects with AppError `broker_unavailable` when the broker is away or refuses; what was
   * sent before the connection broke may then have been done.
   */
  async call<T>(work: (client: Redis) => Promise<T>): Promise<T> {
    await this.#gate.pass();
    try {
      return await work(this.client);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError("broker_unavailable", `The broker call failed: ${describeRedisError(cause)}.`, {
        cause,
      });
    }
  }

  /** Resolves once the link is ready, is closed, or `signal` aborts. */
  waitUntilReady(signal: AbortSignal): Promise<void> {
    return this.#gate.waitUntilReady(signal);
  }

  /** Ends the connection and every timer; what is under way is rejected. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#watchdog);
    clearTimeout(this.#retry);
    // Between two attempts there is no socket whose end could be told.
    const isOpen = this.client.status !== "reconnecting" && this.client.status !== "end";
    const ended = new Promise((resolve) => this.client.once("end", resolve));
    this.client.disconnect();
    const giveUp = new AbortController();
    if (isOpen) await Promise.race([ended, delay(CLOSE_TIMEOUT_MS, null, { signal: giveUp.signal })]);
    giveUp.abort();
    this.#gate.close();
  }

  async #prepare(): Promise<void> {
    const refusal = this.#refusedDatabase;
    this.#refusedDatabase = null;
    // ioredis would go on in database 0 when SELECT is refused.
    if (refusal !== null) return this.#onPreparationFailed(refusal);
    try {
      // A server that still loads its data answers, but does not work.
      await this.client.ping();
      await this.#options.prepare?.(this.client);
    } catch (error) {
      return this.#onPreparationFailed(describeRedisError(error));
    }
    // The connection may have ended meanwhile; then the next one prepares itself.
    if (this.client.status !== "ready") return;
    this.#failedPreparations = 0;
    this.#failure = null;
    this.#gate.setState(true, null);
  }

  /** Connects anew, later each time: ioredis itself takes a server that answers for a success. */
  #onPreparationFailed(failure: string): void {
    if (this.#closed || this.client.status !== "ready") return;
    this.#failure = failure;
    this.#gate.setState(false, failure);
    this.#failedPreparations += 1;
    this.#retry = setTimeout(() => this.client.disconnect(true), chooseRetryDelay(this.#failedPreparations));
  }

  #onError(error: Error & { command?: { name?: string } }): void {
    this.#failure = describeRedisError(error);
    if (error.command?.name === "select") this.#refusedDatabase = this.#failure;
    if (!this.state.ready) this.#gate.setState(false, this.#failure);
  }

  #ping(): void {
    if (this.client.status !== "ready") return;
    // The socket time-out acts on a missing answer; nobody waits for this one.
    this.client.ping().catch(() => undefined);
  }
}
