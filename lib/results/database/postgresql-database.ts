import { PrismaPg } from "@prisma/adapter-pg";
import { raw, type Sql } from "@prisma/client/runtime/client";
import { PrismaClient } from "../generated/postgresql/client";
import {
  ANSWER_TIMEOUT_MS,
  CONNECT_TIMEOUT_MS,
  POOL_SIZE,
  type RawClient,
  type ResultDatabase,
  STATEMENT_TIMEOUT_MS,
} from "./database";

/** A PostgreSQL database; the server itself makes every session read-only from its first moment. */
export function createPostgresqlDatabase(url: string): ResultDatabase {
  return {
    provider: "postgresql",
    open: () =>
      new PrismaClient({
        adapter: new PrismaPg({
          connectionString: withSessionOptions(url),
          max: POOL_SIZE,
          connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
          query_timeout: ANSWER_TIMEOUT_MS,
          idleTimeoutMillis: 30_000,
          keepAlive: true,
          application_name: "celeriac",
        }),
      }),
    // The driver says at once, and in words, why it can't connect.
    checkReachable: async () => {},
    queryWithin: async <T>(client: RawClient, statement: Sql, limitMs: number) => {
      // Safe because `open` makes the client, of which a RawClient is a part.
      const own = client as PrismaClient;
      const limit = raw(`SET LOCAL statement_timeout = ${Math.max(1, Math.round(limitMs))}`);
      const [, rows] = await own.$transaction([own.$executeRaw(limit), own.$queryRaw<T>(statement)]);
      return rows;
    },
    getIdentity: async () => null,
  };
}

/** Options in the URL win over those beside it, so ours go into the URL, after its own. */
function withSessionOptions(text: string): string {
  const url = new URL(text);
  const options = [
    url.searchParams.get("options") ?? "",
    "-c default_transaction_read_only=on",
    `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
    `-c lock_timeout=${CONNECT_TIMEOUT_MS}`,
    // Compiling a statement takes longer than running one of ours.
    "-c jit=off",
  ];
  url.searchParams.set("options", options.join(" ").trim());
  return url.toString();
}
