import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "./generated/sqlite/client";

const BUSY_LIMIT_MS = 10_000;
const SQLITE_BUSY = 5;
const PRIMARY_CODE_MASK = 255;

/** Opens the SQLite file of a `file:` URL, creating it and its folder, so that web and collector can both write it. */
export async function openSqliteClient(databaseUrl: string): Promise<PrismaClient> {
  const path = decodeURIComponent(databaseUrl.replace(/^file:(\/\/)?/, "").replace(/\?.*$/, ""));
  await mkdir(dirname(path), { recursive: true });
  const client = new PrismaClient({ adapter: new OneConnectionLibSql({ url: `file:${path}` }) });
  try {
    // WAL: readers and the writer don't wait for each other. NORMAL: a power cut may lose the last moments, no more.
    await client.$queryRaw`PRAGMA journal_mode = WAL`;
    await client.$queryRaw`PRAGMA synchronous = NORMAL`;
    await client.$queryRaw`PRAGMA journal_size_limit = 67108864`;
  } catch (error) {
    await client.$disconnect();
    throw error;
  }
  return client;
}

type Client = ReturnType<PrismaLibSql["createClient"]>;

/**
 * Prisma's adapter over one connection. libsql opens a new connection after each transaction, which would lose the
 * pragmas, begins transactions so that their first write may fail at once, and waits for a lock by blocking the whole
 * process. Here a transaction takes the write lock at its start and every wait leaves the event loop free.
 */
class OneConnectionLibSql extends PrismaLibSql {
  override createClient(config: Parameters<PrismaLibSql["createClient"]>[0]): Client {
    const client = super.createClient({ ...config, timeout: 0 });
    const executeOnce = client.execute.bind(client);
    const execute = ((statement: Parameters<typeof executeOnce>[0]) =>
      untilUnlocked(() => executeOnce(statement))) as Client["execute"]; // The adapter passes one argument only.
    const transaction = async () => {
      await execute("BEGIN IMMEDIATE");
      return {
        execute,
        commit: () => execute("COMMIT"),
        rollback: () => execute("ROLLBACK"),
      };
    };
    // The adapter uses these members of a transaction and no other.
    return Object.assign(client, { execute, transaction }) as unknown as Client;
  }
}

/** Runs `attempt` again, after a short random wait, for as long as another process holds the lock. */
async function untilUnlocked<T>(attempt: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + BUSY_LIMIT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() > giveUpAt) throw error;
      await delay(2 + Math.random() * 15);
    }
  }
}

function isBusy(error: unknown): boolean {
  const rawCode = error instanceof Error && "rawCode" in error ? error.rawCode : null;
  return typeof rawCode === "number" && (rawCode & PRIMARY_CODE_MASK) === SQLITE_BUSY;
}
