import { setTimeout as delay } from "node:timers/promises";
import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { AppError } from "@/lib/errors";
import type { Dialect } from "../sql/dialect";
import type { RawClient, ResultDatabase } from "./database";
import { describeFailure } from "./describe-failure";
import { openSession, type Session } from "./session";
import type { WatchedTable } from "./watched-table";

const PING_EVERY_MS = 5_000;
const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 3_000;

interface State {
  readonly connected: boolean;
  readonly since: number;
  readonly error: string | null;
}

/**
 * The connection to a result table. While the database is away every read rejects at once with AppError
 * `results_unavailable`, and one background loop tries to reach it: after 250 ms, then less often, at most every
 * 3 seconds. While it is there, the loop looks every 5 seconds whether it still is.
 */
export class ResultConnection<Shape> {
  readonly #database: ResultDatabase;
  readonly #dialect: Dialect;
  readonly #table: WatchedTable<Shape>;
  readonly #closing = new AbortController();
  #session: Promise<Session<Shape>> | null = null;
  #state: State = { connected: false, since: Date.now(), error: null };

  constructor(database: ResultDatabase, dialect: Dialect, table: WatchedTable<Shape>) {
    this.#database = database;
    this.#dialect = dialect;
    this.#table = table;
    void this.#watch(this.#closing.signal);
  }

  getStatus(): State {
    return this.#state;
  }

  async getShape(): Promise<Shape> {
    return (await this.#getSession()).shape;
  }

  /**
   * Reads the rows of the statement that `build` writes for the columns that are there. Rejects with AppError
   * `results_unavailable` while the table can't be read, `unprocessable` when the database gave up on the statement,
   * after `limitMs` where given and where it can (SQLite can't).
   */
  async query<Row>(build: (shape: Shape) => Sql, limitMs?: number): Promise<readonly Row[]> {
    for (let hasReopened = false; ; hasReopened = true) {
      const pending = this.#getSession();
      const { client, shape } = await pending;
      try {
        const statement = build(shape);
        if (limitMs === undefined) return await client.$queryRaw<Row[]>(statement);
        return await this.#database.queryWithin<Row[]>(client, statement, limitMs);
      } catch (error) {
        const failure = describeFailure(error, this.#table.missing);
        if (failure.kind === "read") throw failure.error;
        this.#discard(pending, client);
        if (failure.kind === "away" || hasReopened) throw this.#markAway(this.#describeAway(failure), error);
      }
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const session = this.#session;
    this.#session = null;
    await session
      ?.then(({ client }) => client.$disconnect())
      .catch(() => {
        // It could not be opened, so there is nothing to close.
      });
  }

  #getSession(): Promise<Session<Shape>> {
    if (this.#closing.signal.aborted) return Promise.reject(this.#unavailable("the connection is closed"));
    if (this.#session !== null) return this.#session;
    if (this.#state.error !== null) return Promise.reject(this.#unavailable(this.#state.error));
    return this.#open();
  }

  #open(): Promise<Session<Shape>> {
    const session: Promise<Session<Shape>> = openSession(this.#database, this.#dialect, this.#table).then(
      (opened) => {
        if (!this.#state.connected) this.#state = { connected: true, since: Date.now(), error: null };
        return opened;
      },
      (error: unknown) => {
        if (this.#session === session) this.#session = null;
        throw this.#markAway(this.#describeAway(describeFailure(error, this.#table.missing)), error);
      },
    );
    this.#session = session;
    return session;
  }

  /** Drops a session and all that its client may hold stale, unless another read did so before. */
  #discard(session: Promise<Session<Shape>>, client: RawClient): void {
    if (this.#session !== session) return;
    this.#session = null;
    void client.$disconnect().catch(() => {
      // It is broken already, and nobody waits for it.
    });
  }

  #markAway(message: string, cause: unknown): AppError {
    const since = this.#state.error === null ? Date.now() : this.#state.since;
    this.#state = { connected: false, since, error: message };
    return this.#unavailable(message, cause);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      await this.#look().then(
        () => {
          failures = 0;
        },
        () => {
          failures += 1;
        },
      );
      const backOffMs =
        Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 8)) * (0.5 + Math.random() / 2);
      // Not a reason for the process to stay alive; close() ends the wait.
      await delay(failures === 0 ? PING_EVERY_MS : backOffMs, undefined, { signal, ref: false }).catch(
        () => {},
      );
    }
  }

  /** Opens the table when it isn't open; else looks whether it is still there, and still the same. */
  async #look(): Promise<void> {
    if (this.#session === null) {
      await this.#open();
      return;
    }
    const session = this.#session;
    const { client, identity } = await session;
    const now = await this.#database.getIdentity().catch(() => null);
    if (now !== identity) this.#discard(session, client);
    if (this.#session === null) await this.#open();
    await this.query(() => sql`SELECT 1 AS one FROM ${raw(this.#table.name)} LIMIT 1`);
  }

  #describeAway(failure: ReturnType<typeof describeFailure>): string {
    switch (failure.kind) {
      case "away":
        return failure.message;
      case "changed":
        return this.#table.changed;
      case "read":
        return failure.error instanceof Error ? failure.error.message : "a first look at the table failed";
    }
  }

  #unavailable(message: string, cause?: unknown): AppError {
    const { title, setting } = this.#table;
    return new AppError(
      "results_unavailable",
      `${title} can't be read: ${message.replace(/\.$/, "")}. Celeriac keeps trying; ${setting} says where.`,
      { cause },
    );
  }
}
