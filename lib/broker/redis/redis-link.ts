import { setTimeout as delay } from "node:timers/promises";
import { type RedisOptions as ClientOptions, Redis } from "ioredis";
import { AppError } from "@/lib/errors";
import { chooseRetryDelay } from "./create-client-options";
import { describeRedisError } from "./describe-redis-error";

/** Between two PINGs; with the socket time-out a half-open connection is found within 5 s. */
const PING_INTERVAL_MS = 1_500;
/** A break shorter than this is waited out; afterwards calls fail at once. */
const PATIENCE_MS = 2_000;
const CLOSE_TIMEOUT_MS = 3_000;

/** What one connection is up to. `since` is epoch ms of the last change of `ready`. */
export interface LinkState {
  readonly ready: boolean;
  readonly since: number;
  /** Why it is not ready, or null while it has not failed yet. */
  readonly error: string | null;
}

export interface RedisLinkOptions {
  readonly client: ClientOptions;
  /** Told of each change of the state. */
  readonly onChange: () => void;
  /** Run each time the server is reached, before the link counts as ready; when it fails, the link connects anew. */
  readonly prepare?: (client: Redis) => Promise<unknown>;
}

/** One connection that comes back by itself until it is closed. */
export class RedisLink {
  readonly client: Redis;
  readonly #options: RedisLinkOptions;
  readonly #watchdog: NodeJS.Timeout;
  readonly #waiting = new Set<() => void>();
  #state: LinkState = { ready: false, since: Date.now(), error: null };
  #failure: string | null = null;
  #refusedDatabase: string | null = null;
  #failedPreparations = 0;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    this.client = new Redis(options.client);
    this.client.on("ready", () => void this.#prepare());
    this.client.on("error", (error: Error) => this.#onError(error));
    this.client.on("close", () => this.#setState(false, this.#failure ?? "the broker closed the connection"));
    this.#watchdog = setInterval(() => this.#ping(), PING_INTERVAL_MS);
  }

  get state(): LinkState {
    return this.#state;
  }

  /**
   * Runs `work` on the connection. Rejects with AppError `broker_unavailable` when the broker is away or refuses; what was
   * sent before the connection broke may then have been done.
   */
  async call<T>(work: (client: Redis) => Promise<T>): Promise<T> {
    const patience = this.#state.since + PATIENCE_MS - Date.now();
    if (!this.#state.ready && patience > 0) await this.#waitUntilReady(AbortSignal.timeout(patience));
    if (!this.#state.ready) throw this.#createAwayError();
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
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    if (!this.#state.ready && !this.#closed) await this.#waitUntilReady(signal);
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
    this.#setState(false, "it was closed");
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
    this.#setState(true, null);
  }

  /** Connects anew, later each time: ioredis itself takes a server that answers for a success. */
  #onPreparationFailed(failure: string): void {
    if (this.#closed || this.client.status !== "ready") return;
    this.#failure = failure;
    this.#setState(false, failure);
    this.#failedPreparations += 1;
    this.#retry = setTimeout(() => this.client.disconnect(true), chooseRetryDelay(this.#failedPreparations));
  }

  #onError(error: Error & { command?: { name?: string } }): void {
    this.#failure = describeRedisError(error);
    if (error.command?.name === "select") this.#refusedDatabase = this.#failure;
    if (!this.#state.ready) this.#setState(false, this.#failure);
  }

  #setState(ready: boolean, error: string | null): void {
    if (ready === this.#state.ready && error === this.#state.error) return;
    const since = ready === this.#state.ready ? this.#state.since : Date.now();
    this.#state = { ready, since, error };
    for (const wake of this.#waiting) wake();
    this.#options.onChange();
  }

  #ping(): void {
    if (this.client.status !== "ready") return;
    // The socket time-out acts on a missing answer; nobody waits for this one.
    this.client.ping().catch(() => undefined);
  }

  #waitUntilReady(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        if (!this.#state.ready && !this.#closed && !signal.aborted) return;
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake);
      wake();
    });
  }

  #createAwayError(): AppError {
    const since = new Date(this.#state.since).toISOString();
    return new AppError(
      "broker_unavailable",
      `The broker has been away since ${since}: ${this.#state.error ?? "it has not answered yet"}.`,
    );
  }
}
