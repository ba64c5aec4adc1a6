import { join } from "node:path";
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
