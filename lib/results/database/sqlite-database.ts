import { access, constants, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "../generated/sqlite/client";
import type { ResultDatabase } from "./database";

/** libsql waits for a lock on the main thread, so it waits shortly and we try again without blocking. */
const BUSY_TIMEOUT_MS = 200;

/** The SQLite file of a `file:` URL, opened with `mode=ro`: no statement can write, and a missing file isn't created. */
export function createSqliteDatabase(url: string): ResultDatabase {
  const path = pathOfFileUrl(url);
  return {
    provider: "sqlite",
    open: () =>
      new PrismaClient({
        adapter: new PrismaLibSql({ url: readOnlyUrl(path), intMode: "bigint", timeout: BUSY_TIMEOUT_MS }),
      }),
    checkReachable: () => access(path, constants.R_OK),
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

/**
 * libsql's own URLs know no `mode`, but it hands their path on to SQLite, and SQLite takes a path that is itself a
 * `file:` URI. So one URI is wrapped in the other, each with its own percent encoding.
 */
function readOnlyUrl(path: string): string {
  const uri = `file:${path.split("/").map(encodeURIComponent).join("/")}?mode=ro`;
  return `file:${encodeURIComponent(uri)}`;
}
