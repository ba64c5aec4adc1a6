import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { sharePostgresServer } from "@/tests/support/shared-servers/share-postgres-server";

/** A database for stores of a test: `url` opens it, as often as the test likes. */
export interface StoreDatabase {
  /** The URL of an empty database of its own. */
  createUrl(): Promise<string>;
  stop(): Promise<void>;
}

/** Both kinds of database that a store may live in. */
export const STORE_DATABASES = [
  ["sqlite", openSqliteFolder],
  ["postgresql", sharePostgresql],
] as const;

/** Hands an empty store to `take` before the tests of the block, and closes it after them. */
export function withStore(start: () => Promise<StoreDatabase>, take: (store: Store) => void): void {
  let database: StoreDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await start();
    store = await openStore(await database.createUrl());
    take(store);
  });
  afterAll(async () => {
    await store?.close();
    await database?.stop();
  });
}

/** Hands an empty store to `take` before each test of the block, and closes it after that test. */
export function withStoreEach(start: () => Promise<StoreDatabase>, take: (store: Store) => void): void {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await start();
  });
  beforeEach(async () => {
    const store = await openStore(await database.createUrl());
    take(store);
    return () => store.close();
  });
  afterAll(() => database?.stop());
}

async function openSqliteFolder(): Promise<StoreDatabase> {
  const folder = makeTempFolder("store");
  let count = 0;
  return {
    // A folder that isn't there yet, with a name that must be escaped in a URL.
    createUrl: async () => `file:${join(folder, `new folder ${++count}`, "celeriac.db")}`,
    stop: async () => removeFolder(folder),
  };
}

async function sharePostgresql(): Promise<StoreDatabase> {
  const server = await sharePostgresServer();
  return {
    createUrl: () => server.createDatabase("store"),
    stop: async () => undefined,
  };
}
