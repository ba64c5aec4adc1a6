import { raw, type Sql } from "@prisma/client/runtime/client";
import type { PrismaClient } from "../generated/postgresql/client";
import type { RawClient, ResultDatabase } from "./database";

/** A PostgreSQL database of a `postgresql://` URL. */
export function createPostgresqlDatabase(url: string): ResultDatabase {
  return {
    provider: "postgresql",
    open: async () => (await import("./postgresql-client")).createPostgresqlClient(url),
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
