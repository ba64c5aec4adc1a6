import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "../generated/sqlite/client";

/** libsql waits for a lock on the main thread, so it waits shortly and we try again without blocking. */
const NATIVE_WAIT_MS = 20;
const BUSY_LIMIT_MS = 5_000;
const SQLITE_BUSY = 5;
const PRIMARY_CODE_MASK = 255;

/** A client of the SQLite file at an absolute path, opened with `mode=ro`: no statement can write, and a missing file isn't created. */
export function createSqliteClient(path: string): PrismaClient {
  const adapter = new UnblockingLibSql({
    url: readOnlyUrl(path),
    intMode: "bigint",
    timeout: NATIVE_WAIT_MS,
  });
  return new PrismaClient({ adapter });
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

/**
 * libsql's own URLs know no `mode`, but it hands their path on to SQLite, and SQLite takes a path that is itself a
 * `file:` URI. So one URI is wrapped in the other, each with its own percent encoding.
 */
function readOnlyUrl(path: string): string {
  const uri = `file:${path.split("/").map(encodeURIComponent).join("/")}?mode=ro`;
  return `file:${encodeURIComponent(uri)}`;
}
