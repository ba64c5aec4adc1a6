import { randomUUID } from "node:crypto";
import type { DatabaseAccess } from "../database-server";
import { accessMariadbServer } from "../start-mariadb-server";
import { askKeeper } from "./ask-keeper";

/** The MariaDB of all test files; names of databases get an ending that nobody else has. Nobody may stop it. */
export async function shareMariadbServer(): Promise<DatabaseAccess> {
  const { port } = await askKeeper("mariadb");
  const access = accessMariadbServer(port);
  return {
    ...access,
    createDatabase: (name, options) => access.createDatabase(`${name}_${randomUUID().slice(0, 8)}`, options),
  };
}
