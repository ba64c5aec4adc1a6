import { join } from "node:path";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { type DatabaseServer, startPostgresServer } from "@/tests/support/start-postgres-server";

/** A database for stores of a test: `url` opens it, as often as the test likes. */
export interface StoreDatabase {
  /** The URL of an empty database of its own. */
  createUrl(): Promise<string>;
  stop(): Promise<void>;
}

/** Both kinds of database a store may live in, each with its own temporary files or server. */
export const STORE_DATABASES = [
  ["sqlite", openSqliteFolder],
  ["postgresql", openPostgresServer],
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

async function openPostgresServer(): Promise<StoreDatabase> {
  const server: DatabaseServer = await startPostgresServer();
  let count = 0;
  return {
    createUrl: () => server.createDatabase(`store_${++count}`),
    stop: () => server.stop(),
  };
}
