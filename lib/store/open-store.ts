import "server-only";
import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { migrateStore } from "./migrate";
import type { Store, StoreStatus } from "./store";
import { describeStoreError, isStoreAway } from "./store-error";

/**
 * Opens the store at `databaseUrl` (`file:…`, relative to the working directory, or `postgresql://…`), creates what is
 * missing and applies the migrations. Rejects with AppError `store_unavailable` when it can't be opened, can't be
 * written or was written by a newer version.
 */
export async function openStore(databaseUrl: string): Promise<Store> {
  const url = maskUrl(databaseUrl);
  const watch = new StatusWatch(url);
  const provider = databaseUrl.startsWith("file:") ? "sqlite" : "postgresql";
  try {
    const plain = await openClient(databaseUrl, provider);
    try {
      await migrateStore(plain, provider);
    } catch (error) {
      await plain.$disconnect();
      throw error;
    }
    const client = plain.$extends({
      query: {
        async $allOperations({ args, query }) {
          return watch.follow(() => query(args));
        },
      },
    });
    return {
      provider,
      // Safe: the extension adds no model, method or result field; it only watches the queries go by.
      client: client as unknown as Store["client"],
      getStatus: () => watch.status,
      close: () => plain.$disconnect(),
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("store_unavailable", `DATABASE_URL: ${url}: ${describeStoreError(error)}`, {
      cause: error,
    });
  }
}

/** Loads the driver that is needed, and not the other: ten megabytes. */
async function openClient(databaseUrl: string, provider: Store["provider"]): Promise<Store["client"]> {
  if (provider === "sqlite") return (await import("./open-sqlite-client")).openSqliteClient(databaseUrl);
  return (await import("./open-postgresql-client")).openPostgresqlClient(databaseUrl);
}

/** Learns from the queries that go by whether the database can be reached. */
class StatusWatch {
  status: StoreStatus;

  constructor(url: string) {
    this.status = { connected: true, url, since: Date.now(), error: null };
  }

  async follow<T>(run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      if (!this.status.connected) this.#change(null);
      return result;
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      const reason = describeStoreError(error);
      if (this.status.error !== reason) this.#change(reason);
      throw new AppError("store_unavailable", `The store (${this.status.url}) is away: ${reason}`, {
        cause: error,
      });
    }
  }

  #change(error: string | null): void {
    const connected = error === null;
    const since = connected === this.status.connected ? this.status.since : Date.now();
    this.status = { ...this.status, connected, since, error };
  }
}
