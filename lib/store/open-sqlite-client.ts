import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "./generated/sqlite/client";

/** How long SQLite itself waits for a lock, which blocks the process: most writes are over by then. */
const NATIVE_WAIT_MS = 20;
/** How long a statement is tried again, which blocks nobody. */
const BUSY_LIMIT_MS = 10_000;
const SQLITE_BUSY = 5;
const PRIMARY_CODE_MASK = 255;
// WAL: readers and the writer don't wait for each other. FULL: what a batch notes before it sends outlives a power cut.
// Checkpoints of 32 MB and a cache of 16 MB: a batch of a hundred thousand touches the same pages of its indexes again
// and again, and each checkpoint waits for the disk.
const PRAGMAS = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "journal_size_limit = 67108864",
  "wal_autocheckpoint = 8000",
  "cache_size = -16000",
];

/** Opens the SQLite file of a `file:` URL, creating it and its folder, so that web and collector can both write it. */
export async function openSqliteClient(databaseUrl: string): Promise<PrismaClient> {
  const path = decodeURIComponent(databaseUrl.replace(/^file:(\/\/)?/, "").replace(/\?.*$/, ""));
  await mkdir(dirname(path), { recursive: true });
  const client = new PrismaClient({ adapter: new OneConnectionLibSql({ url: `file:${path}` }) });
  try {
    await client.$queryRaw`SELECT 1`;
  } catch (error) {
    await client.$disconnect();
    throw error;
  }
  return client;
}

type Client = ReturnType<PrismaLibSql["createClient"]>;

/**
 * Prisma's adapter over one connection. libsql opens a new connection after each transaction, which would lose the
 * pragmas, and begins transactions so that their first write may fail at once. Here a transaction takes the write
 * lock at its start, and waiting for a lock leaves the event loop free.
 */
class OneConnectionLibSql extends PrismaLibSql {
  override createClient(config: Parameters<PrismaLibSql["createClient"]>[0]): Client {
    const client = super.createClient({ ...config, timeout: NATIVE_WAIT_MS });
    const run = client.execute.bind(client);
    type Statement = Parameters<typeof run>[0];
    const ready = { current: false };

    async function attempt(statement: Statement) {
      if (!ready.current) for (const pragma of PRAGMAS) await run(`PRAGMA ${pragma}`);
      ready.current = true;
      return run(statement);
    }
    /**
     * A statement that meets a lock stays half run within libsql until it is garbage collected, and nothing that the
     * connection writes meanwhile is committed: only another connection may go on.
     */
    async function reconnect() {
      ready.current = false;
      await client.reconnect();
    }
    const execute = (statement: Statement) => untilUnlocked(() => attempt(statement), reconnect);
    const transaction = async () => {
      await execute("BEGIN IMMEDIATE");
      // Holds the write lock: no statement of it has to wait, and none may move to another connection.
      return { execute: run, commit: () => run("COMMIT"), rollback: () => run("ROLLBACK") };
    };
    // The adapter calls `execute` with one argument, and uses these members of a transaction and no other.
    return Object.assign(client, { execute, transaction }) as unknown as Client;
  }
}

/** Runs `attempt` again, after a short random wait, for as long as another process holds the lock. */
async function untilUnlocked<T>(attempt: () => Promise<T>, reconnect: () => Promise<void>): Promise<T> {
  const giveUpAt = Date.now() + BUSY_LIMIT_MS;
  // A statement runs within the call: a loop of awaited statements would never let a timer or a socket have its turn.
  await nextTurn();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      await reconnect();
      if (Date.now() > giveUpAt) throw error;
      await delay(2 + Math.random() * 15);
    }
  }
}

function isBusy(error: unknown): boolean {
  const rawCode = error instanceof Error && "rawCode" in error ? error.rawCode : null;
  return typeof rawCode === "number" && (rawCode & PRIMARY_CODE_MASK) === SQLITE_BUSY;
}
