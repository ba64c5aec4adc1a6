import { AppError } from "@/lib/errors";
import type { Dialect } from "../sql/dialect";
import type { RawClient, ResultDatabase } from "./database";
import type { WatchedTable } from "./watched-table";

/** A client that is known to be read-only, and what the table has. */
export interface Session<Shape> {
  readonly client: RawClient;
  readonly shape: Shape;
  readonly identity: string | null;
}

/**
 * Opens a client, makes sure that its sessions refuse writes and looks which columns there are. Rejects with the
 * driver's error, or an AppError `results_unavailable` that says what is wrong with the database.
 */
export async function openSession<Shape>(
  database: ResultDatabase,
  dialect: Dialect,
  table: WatchedTable<Shape>,
): Promise<Session<Shape>> {
  await database.checkReachable();
  const identity = await database.getIdentity();
  const client = await database.open();
  try {
    await requireReadOnly(client, dialect);
    return { client, identity, shape: await readShape(client, dialect, table) };
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

async function readShape<Shape>(
  client: RawClient,
  dialect: Dialect,
  { name, missing, readShape: read }: WatchedTable<Shape>,
): Promise<Shape> {
  const columns = await client.$queryRaw<{ name: string }[]>(dialect.columnsOf(name));
  if (columns.length === 0) throw new AppError("results_unavailable", missing);
  return read(new Set(columns.map((column) => column.name)));
}
