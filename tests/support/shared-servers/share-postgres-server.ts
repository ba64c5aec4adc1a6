import { randomUUID } from "node:crypto";
import type { DatabaseAccess } from "../database-server";
import { accessPostgresServer } from "../start-postgres-server";
import { askKeeper } from "./ask-keeper";

/** The PostgreSQL of all test files; names of databases get an ending that nobody else has. Nobody may stop it. */
export async function sharePostgresServer(): Promise<DatabaseAccess> {
  const { port } = await askKeeper("postgresql");
  const access = accessPostgresServer(port);
  return {
    ...access,
    createDatabase: (name, options) => access.createDatabase(`${name}_${randomUUID().slice(0, 8)}`, options),
  };
}
