import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "./generated/sqlite/client";
import { SqliteClient } from "./sqlite-client";

/** Opens the SQLite file of a `file:` URL, creating it and its folder, so that web and collector can both write it. */
export async function openSqliteClient(databaseUrl: string): Promise<PrismaClient> {
  const path = decodeURIComponent(databaseUrl.replace(/^file:(\/\/)?/, "").replace(/\?.*$/, ""));
  await mkdir(dirname(path), { recursive: true });
  const client = new PrismaClient({ adapter: new ThreadedLibSql({ url: `file:${path}` }) });
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
 * Prisma's adapter over one connection in a thread of its own. libsql by itself blocks the process, opens a new connection after
 * each transaction, which would lose the pragmas, and begins transactions so that their first write may fail at once.
 */
class ThreadedLibSql extends PrismaLibSql {
  override createClient({ url }: Parameters<PrismaLibSql["createClient"]>[0]): Client {
    // The adapter uses the members that there are, and no other.
    return new SqliteClient(url) as unknown as Client;
  }
}
