import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { SqliteAnswer, SqliteRequest, SqliteResult } from "./sqlite-statement";

type Statement = SqliteRequest["statement"];

/** SQLite in a thread of its own (sqlite-thread.ts), with the members of a libsql client that Prisma's adapter uses. */
export class SqliteClient {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, (answer: SqliteAnswer) => void>();
  #requests = 0;
  #end: Error | null = null;

  /** `url` is a `file:` URL; whether it can be opened, the first statement tells. */
  constructor(url: string) {
    // Next's bundler would make a chunk of its own of a worker that it can see.
    const threads = process.getBuiltinModule("node:worker_threads");
    // Compiled, like the programs (bin/compile.mjs). Every process of ours runs in the repository's folder.
    this.#thread = new threads.Worker(join(process.cwd(), "dist", "sqlite-thread.mjs"), { workerData: url });
    this.#thread.unref();
    this.#thread.on("message", (answer: SqliteAnswer) => this.#settle(answer));
    this.#thread.once("error", (error) => this.#fail(error));
    this.#thread.once("exit", () => this.#fail(new Error("the thread of SQLite has ended")));
  }

  execute(statement: Statement | string): Promise<SqliteResult> {
    return this.#ask(statement, true);
  }

  /** Takes the write lock at its start: none of its statements has to wait, or may go to another connection. */
  async transaction() {
    await this.#ask("BEGIN IMMEDIATE", true);
    return {
      execute: (statement: Statement | string) => this.#ask(statement, false),
      commit: () => this.#ask("COMMIT", false),
      rollback: () => this.#ask("ROLLBACK", false),
    };
  }

  close(): void {
    void this.#thread.terminate();
  }

  #ask(statement: Statement | string, waitsForLock: boolean): Promise<SqliteResult> {
    if (this.#end !== null) return Promise.reject(this.#end);
    const plain = typeof statement === "string" ? { sql: statement, args: [] } : statement;
    this.#requests += 1;
    const request: SqliteRequest = { number: this.#requests, statement: plain, waitsForLock };
    return new Promise((resolve, reject) => {
      // A process may not end while it waits for an answer.
      this.#thread.ref();
      this.#waiting.set(request.number, ({ result, error }) => {
        if (result !== undefined) resolve(result);
        else reject(Object.assign(new Error(error?.message), error));
      });
      this.#thread.postMessage(request);
    });
  }

  #settle(answer: SqliteAnswer): void {
    const settle = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (this.#waiting.size === 0) this.#thread.unref();
    settle?.(answer);
  }

  #fail(error: Error): void {
    this.#end ??= Object.assign(error, { code: "SQLITE_THREAD" });
    for (const number of [...this.#waiting.keys()]) {
      this.#settle({ number, error: { code: "SQLITE_THREAD", message: this.#end.message } });
    }
  }
}
