import type { PrismaClient } from "./generated/sqlite/client";

/** Whether the store can be reached, for pages and health. `since` is epoch ms of the last change. */
export interface StoreStatus {
  readonly connected: boolean;
  /** The database URL with the password masked. */
  readonly url: string;
  readonly since: number;
  readonly error: string | null;
}

/**
 * Our own database, migrated and ready: what every function of lib/store takes first. While the database is away
 * they reject with AppError `store_unavailable`.
 */
export interface Store {
  readonly provider: "sqlite" | "postgresql";
  /** Only for lib/store; typed as SQLite's client on both providers, whose models are the same. */
  readonly client: PrismaClient;
  getStatus(): StoreStatus;
  close(): Promise<void>;
}
