import { access, constants, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "../generated/sqlite/client";
import type { ResultDatabase } from "./database";

/** libsql waits for a lock on the main thread, so it waits shortly and we try again without blocking. */
const NATIVE_WAIT_MS = 20;
const BUSY_LIMIT_MS = 5_000;
const SQLITE_BUSY = 5;
const PRIMARY_CODE_MASK = 255;

/** The SQLite file of a `file:` URL, opened with `mode=ro`: no statement can write, and a missing file isn't created. */
export function createSqliteDatabase(url: string): ResultDatabase {
  const path = pathOfFileUrl(url);
  return {
    provider: "sqlite",
    open: () =>
      new PrismaClient({
        adapter: new UnblockingLibSql({
          url: readOnlyUrl(path),
          intMode: "bigint",
          timeout: NATIVE_WAIT_MS,
        }),
      }),
    checkReachable: () => access(path, constants.R_OK),
    // It has no limit: what might take long must be asked of it in pieces.
    queryWithin: (client, statement) => client.$queryRaw(statement),
    getIdentity: async () => {
      const { dev, ino } = await stat(path);
      return `${dev}:${ino}`;
    },
  };
}

type Client = ReturnType<PrismaLibSql["createClient"]>;

/**
 * Prisma's adapter, which waits for a writer without blocking the process. A statement that meets a lock stays half
 * run within libsql until it is garbage collected, and a half-run read keeps Django from writing: so each time the
 * connection is replaced, which ends it.
 */
class UnblockingLibSql extends PrismaLibSql {
  override createClient(config: Parameters<PrismaLibSql["createClient"]>[0]): Client {
    const client = super.createClient(config);
    const run = client.execute.bind(client);
    const execute = async (statement: Parameters<typeof run>[0]) => {
      const giveUpAt = Date.now() + BUSY_LIMIT_MS;
      // A statement runs within the call: without this a loop of them would never let a socket have its turn.
      await nextTurn();
      for (;;) {
        try {
          return await run(statement);
        } catch (error) {
          if (!isBusy(error)) throw error;
          await client.reconnect();
          if (Date.now() > giveUpAt) throw error;
          await delay(5 + Math.random() * 20);
        }
      }
    };
    // The adapter calls `execute` with one argument only.
    return Object.assign(client, { execute: execute as Client["execute"] });
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    "rawCode" in error &&
    (Number(error.rawCode) & PRIMARY_CODE_MASK) === SQLITE_BUSY
  );
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
