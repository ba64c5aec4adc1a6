import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { ExactArgs } from "@/lib/celery/args/exact-args";
import { decodeSerialized } from "@/lib/celery/result/decode-serialized";
import { readBackendArgs } from "@/lib/celery/result/read-backend-args";
import { AppError } from "@/lib/errors";
import type { ResultConnection } from "@/lib/results/database/connection";
import type { WatchedTable } from "@/lib/results/database/watched-table";
import type { Dialect } from "@/lib/results/sql/dialect";
import { groupBySize } from "../group-by-size";
import type { ResultBackend, ResultBackendStatus } from "../result-backend";

/** What the table has: it is made without these columns where `result_extended` was off (celery-wire.md G.1). */
interface Shape {
  readonly hasArgs: boolean;
}

const TABLE = raw("celery_taskmeta");
const COLUMN = { taskId: sql`task_id`, args: sql`args`, kwargs: sql`kwargs` };
const NEEDED = ["task_id", "status"];
const EXTENDED = ["name", "worker", "args", "kwargs"];

/** Celery's own table of its SQLAlchemy result backend, under its default name. */
export const CELERY_TABLE: WatchedTable<Shape> = {
  name: "celery_taskmeta",
  title: "Celery's result table",
  setting: "CELERIAC_RESULT_BACKEND_URL",
  missing:
    "The database has no table celery_taskmeta. Celery makes it with its first result (another name, by " +
    "database_table_names, is not read).",
  changed: "the table's columns are not those of Celery",
  readShape: (columns) => {
    const missing = NEEDED.filter((name) => !columns.has(name));
    if (missing.length === 0) return { hasArgs: EXTENDED.every((name) => columns.has(name)) };
    throw new AppError("results_unavailable", `the table has no ${missing.join(", ")}`);
  },
};

interface Row {
  readonly task_id: string;
  readonly status: string | null;
  readonly name: string | null;
  readonly worker: string | null;
  readonly args: Uint8Array | null;
  readonly kwargs: Uint8Array | null;
}

export class CeleryResultTable implements ResultBackend {
  readonly source = "database-backend";
  readonly subscribeResults = null;
  readonly #connection: ResultConnection<Shape>;
  readonly #dialect: Dialect;
  readonly #maskedUrl: string;

  constructor(parts: {
    readonly connection: ResultConnection<Shape>;
    readonly dialect: Dialect;
    readonly maskedUrl: string;
  }) {
    this.#connection = parts.connection;
    this.#dialect = parts.dialect;
    this.#maskedUrl = parts.maskedUrl;
  }

  getStatus(): ResultBackendStatus {
    return { ...this.#connection.getStatus(), url: this.#maskedUrl };
  }

  async listArgs(taskIds: readonly string[]): Promise<ReadonlyMap<string, ExactArgs>> {
    const found = new Map<string, ExactArgs>();
    // No database can search a NUL, and no row has one.
    const ids = taskIds.filter((id) => !id.includes("\0"));
    if (ids.length === 0 || !(await this.#connection.getShape()).hasArgs) return found;
    for (const group of groupBySize(await this.#measure(ids))) {
      const rows = await this.#connection.query<Row>(
        () =>
          sql`SELECT task_id, status, name, worker, args, kwargs FROM ${TABLE} WHERE ${this.#hasId(group)}`,
      );
      for (const row of rows) found.set(row.task_id, toExactArgs(row));
    }
    return found;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #measure(ids: readonly string[]): Promise<{ key: string; bytes: number }[]> {
    const rows = await this.#connection.query<{ task_id: string; bytes: unknown }>(
      () => sql`
        SELECT task_id, coalesce(${this.#dialect.length(COLUMN.args)}, 0) + coalesce(${this.#dialect.length(COLUMN.kwargs)}, 0) AS bytes
        FROM ${TABLE} WHERE ${this.#hasId(ids)}`,
    );
    return rows.map(({ task_id, bytes }) => ({ key: task_id, bytes: Number(bytes) }));
  }

  #hasId(ids: readonly string[]): Sql {
    return this.#dialect.isOneOf(COLUMN.taskId, ids);
  }
}

function toExactArgs({ status, name, worker, args, kwargs }: Row): ExactArgs {
  const decode = (bytes: Uint8Array | null) => (bytes === null ? null : decodeSerialized(bytes));
  const call = { status, worker, args: decode(args), kwargs: decode(kwargs) };
  return { source: "database-backend", name, ...readBackendArgs(call) };
}
