import { PrismaPg } from "@prisma/adapter-pg";
import { createLogger } from "@/lib/logger";
import { PrismaClient } from "./generated/postgresql/client";
import type { PrismaClient as SqlitePrismaClient } from "./generated/sqlite/client";

const CONNECT_TIMEOUT_MS = 5_000;
const POOL_SIZE = 10;

/** Opens a pool on a `postgresql://` URL. Rejects when the server can't be reached. */
export async function openPostgresqlClient(databaseUrl: string): Promise<SqlitePrismaClient> {
  const logger = createLogger("store");
  const adapter = new PrismaPg(
    {
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      max: POOL_SIZE,
      application_name: "celeriac",
      // A server that ends in the moment in which it takes the connection is told to a client that has no listener yet,
      // which would end the process: whoever uses it is told as well.
      verify: (connection, done) => {
        connection.on("error", () => undefined);
        done();
      },
    },
    // Without a listener, an idle connection that the server closes would end the process.
    { onPoolError: (error) => logger.warn({ error: error.message }, "store connection lost") },
  );
  const client = new PrismaClient({ adapter });
  try {
    await client.$queryRaw`SELECT 1`;
  } catch (error) {
    await client.$disconnect();
    throw error;
  }
  // Safe: both clients are generated from one models.prisma; only the names of their types differ (see Store).
  return client as unknown as SqlitePrismaClient;
}
