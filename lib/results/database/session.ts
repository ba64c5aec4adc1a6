import { AppError } from "@/lib/errors";
import type { ResultTableShape } from "../results";
import { COLUMN } from "../sql/columns";
import type { Dialect } from "../sql/dialect";
import type { RawClient, ResultDatabase } from "./database";
import { MISSING_TABLE } from "./describe-failure";

/** A client that is known to be read-only, and what the table has. */
export interface Session {
  readonly client: RawClient;
  readonly shape: ResultTableShape;
  readonly identity: string | null;
}

const LATER_COLUMNS: readonly string[] = [COLUMN.startedAt.sql, COLUMN.periodicTaskName.sql];
const NEEDED_COLUMNS = Object.values(COLUMN)
  .map((column) => column.sql)
  .filter((name) => !LATER_COLUMNS.includes(name));

/**
 * Opens a client, makes sure that its sessions refuse writes and looks which columns there are. Rejects with the
 * driver's error, or an AppError `results_unavailable` that says what is wrong with the database.
 */
export async function openSession(database: ResultDatabase, dialect: Dialect): Promise<Session> {
  await database.checkReachable();
  const identity = await database.getIdentity();
  const client = database.open();
  try {
    await requireReadOnly(client, dialect);
    return { client, identity, shape: await readShape(client, dialect) };
  } catch (error) {
    await client.$disconnect().catch(() => {
      // The first error is the one to tell.
    });
    throw error;
  }
}

/** A pooler between us and the database may drop what we ask of a session; then we would rather not read at all. */
async function requireReadOnly(client: RawClient, dialect: Dialect): Promise<void> {
  const [row] = await client.$queryRaw<{ enforced: unknown }[]>(dialect.readOnlyCheck);
  if (Number(row?.enforced) === 1) return;
  throw new AppError(
    "results_unavailable",
    "the session is not read-only although Celeriac asked for it; let the connection pooler pass session options, " +
      "or connect to the database itself",
  );
}

async function readShape(client: RawClient, dialect: Dialect): Promise<ResultTableShape> {
  const columns = await client.$queryRaw<{ name: string }[]>(dialect.columnsOfTable);
  const names = new Set(columns.map(({ name }) => name));
  if (names.size === 0) throw new AppError("results_unavailable", MISSING_TABLE);
  const missing = NEEDED_COLUMNS.filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new AppError(
      "results_unavailable",
      `the table has no ${missing.join(", ")}; it takes django-celery-results 2.0 or later, migrated`,
    );
  }
  return {
    hasDateStarted: names.has(COLUMN.startedAt.sql),
    hasPeriodicTaskName: names.has(COLUMN.periodicTaskName.sql),
  };
}
