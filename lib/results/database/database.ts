import type { Sql } from "@prisma/client/runtime/client";

/**
 * The one thing we use of a generated Prisma client. The three providers' clients are not assignable to one another
 * (their models differ in types), but each of them is to this.
 */
export interface RawClient {
  $queryRaw<T = unknown>(statement: Sql): PromiseLike<T>;
  $disconnect(): Promise<void>;
}

/** How to open one database; a client is opened anew after each failure, so that nothing stale survives. */
export interface ResultDatabase {
  readonly provider: "sqlite" | "postgresql" | "mysql";
  /**
   * Makes a client whose sessions refuse writes. It connects with its first statement. Only then is the driver loaded: each takes
   * ten megabytes, and a process needs one or two of them.
   */
  open(): Promise<RawClient>;
  /** Rejects with the reason when the database can't be reached, where opening a client would not tell it. */
  checkReachable(): Promise<void>;
  /** Reads with a time limit of its own, where the database has one; a statement that it stops rejects as any does. */
  queryWithin<T>(client: RawClient, statement: Sql, limitMs: number): PromiseLike<T>;
  /** A value that changes when an open client no longer sees the database of this URL; null where that can't be. */
  getIdentity(): Promise<string | null>;
}

/** A statement of ours may run this long; PostgreSQL and MySQL stop it then. */
export const STATEMENT_TIMEOUT_MS = 15_000;
/** After this long without an answer we give the connection up ourselves. */
export const ANSWER_TIMEOUT_MS = 20_000;
export const CONNECT_TIMEOUT_MS = 5_000;
export const POOL_SIZE = 4;
