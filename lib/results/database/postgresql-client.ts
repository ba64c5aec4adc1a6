import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/postgresql/client";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS, POOL_SIZE, STATEMENT_TIMEOUT_MS } from "./database";

/** A client of a `postgresql://` URL; the server itself makes every session read-only from its first moment. */
export function createPostgresqlClient(url: string): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: withSessionOptions(url),
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: "celeriac",
  });
  return new PrismaClient({ adapter });
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
