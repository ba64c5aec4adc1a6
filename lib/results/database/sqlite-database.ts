import { access, constants, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { ResultDatabase } from "./database";

/** The SQLite file of a `file:` URL. */
export function createSqliteDatabase(url: string): ResultDatabase {
  const path = pathOfFileUrl(url);
  return {
    provider: "sqlite",
    open: async () => (await import("./sqlite-client")).createSqliteClient(path),
    checkReachable: () => access(path, constants.R_OK),
    // It has no limit: what might take long must be asked of it in pieces.
    queryWithin: (client, statement) => client.$queryRaw(statement),
    getIdentity: async () => {
      const { dev, ino } = await stat(path);
      return `${dev}:${ino}`;
    },
  };
}

/** `file:./db.sqlite3`, `file:/srv/db.sqlite3` and `file:///srv/db.sqlite3`, as an absolute path. */
function pathOfFileUrl(url: string): string {
  const text = url.slice("file:".length).replace(/^\/\/(?=\/)/, "");
  return resolve(decodeURIComponent(text.replace(/[?#].*$/s, "")));
}
