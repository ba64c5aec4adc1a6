import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { createClient } from "@libsql/client";
import type { SqliteAnswer, SqliteRequest } from "./sqlite-statement";

// The thread in which SQLite runs: a statement of SQLite runs within the call, and the thread that takes events in or answers
// people must not stand still meanwhile. Started by SqliteClient, with the database's `file:` URL.

/** How long SQLite itself waits for a lock: most writes are over by then. */
const NATIVE_WAIT_MS = 20;
/** How long a statement is tried again. */
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

type Statement = SqliteRequest["statement"];

let client: ReturnType<typeof createClient> | null = null;
let isReady = false;
/** Requests are answered in the order in which they come: a transaction's statements are among them. */
let last = Promise.resolve();

parentPort?.on("message", (request: SqliteRequest) => {
  last = last.then(async () => parentPort?.postMessage(await answer(request)));
});

async function answer({ number, statement, waitsForLock }: SqliteRequest): Promise<SqliteAnswer> {
  try {
    const result = await (waitsForLock ? runWhenUnlocked(statement) : open().execute(statement));
    const { columns, columnTypes, rowsAffected } = result;
    // Plain arrays: an object of libsql's, with its hidden properties, would arrive without its values.
    const rows = result.rows.map((row) => Array.from(row));
    return { number, result: { columns, columnTypes, rows, rowsAffected } };
  } catch (error) {
    return { number, error: describe(error) };
  }
}

function open(): NonNullable<typeof client> {
  client ??= createClient({ url: workerData, timeout: NATIVE_WAIT_MS });
  return client;
}

/** Runs a statement, again and again after a short random wait for as long as another process holds the lock. */
async function runWhenUnlocked(statement: Statement) {
  const giveUpAt = Date.now() + BUSY_LIMIT_MS;
  for (;;) {
    try {
      if (!isReady) for (const pragma of PRAGMAS) await open().execute(`PRAGMA ${pragma}`);
      isReady = true;
      return await open().execute(statement);
    } catch (error) {
      if (!isBusy(error)) throw error;
      // A statement that meets a lock stays half run within libsql until it is garbage collected, and nothing that the
      // connection writes meanwhile is committed: only another connection may go on.
      isReady = false;
      await open().reconnect();
      if (Date.now() > giveUpAt) throw error;
      await delay(2 + Math.random() * 15);
    }
  }
}

function isBusy(error: unknown): boolean {
  const { rawCode } = describe(error);
  return rawCode !== undefined && (rawCode & PRIMARY_CODE_MASK) === SQLITE_BUSY;
}

/** What Prisma's adapter reads of an error: objects lose their class and properties between threads. */
function describe(error: unknown): NonNullable<SqliteAnswer["error"]> {
  const { code, rawCode, message } = error instanceof Error ? (error as ErrnoError) : { message: `${error}` };
  return { code: code ?? "UNKNOWN", rawCode, message };
}

interface ErrnoError extends Error {
  readonly code?: string;
  readonly rawCode?: number;
}
