import { mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import type { DatabaseAccess, DatabaseServer } from "./database-server";
import { ensureDebianPackages } from "./ensure-debian-packages";
import { findProgram } from "./find-program";
import { getFreePort } from "./get-free-port";
import { makeTempFolder, removeFolder } from "./make-temp-folder";
import { runCommand } from "./run-command";
import { startProcess } from "./start-process";

const ACCOUNT = "celeriac";
const FIRST_DATABASE = "celeriac";

/**
 * Starts a private MariaDB on 127.0.0.1 (utf8mb4, nothing flushed to disk), and waits until it takes connections.
 * `args` are the server's own and win over ours.
 */
export async function startMariadbServer({
  args = [],
}: {
  readonly args?: readonly string[];
} = {}): Promise<DatabaseServer> {
  await ensureDebianPackages(["mariadb-server"]);
  const folder = makeTempFolder("mariadb");
  const data = join(folder, "data");
  // A mariadbd that starts removes every temporary table that lies in its folder for them: also another server's.
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  // mariadbd runs as root only when told so by name.
  const own = ["--no-defaults", `--datadir=${data}`, `--user=${userInfo().username}`];
  await runCommand(
    findProgram("mariadb-install-db") ?? "mariadb-install-db",
    [...own, "--auth-root-authentication-method=normal", "--skip-test-db"],
    { env: { TMPDIR: temporary } },
  );
  const initFile = join(folder, "init.sql");
  writeFileSync(initFile, INIT_SQL);
  const port = await getFreePort();

  async function launch() {
    const running = await startProcess({
      command: findProgram("mariadbd") ?? "mariadbd",
      args: [
        ...own,
        `--tmpdir=${temporary}`,
        ...[`--port=${port}`, "--bind-address=127.0.0.1", `--init-file=${initFile}`],
        ...[`--socket=${join(folder, "mariadb.sock")}`, `--pid-file=${join(folder, "mariadb.pid")}`],
        ...["--character-set-server=utf8mb4", "--skip-log-bin", "--skip-name-resolve"],
        ...["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync"],
        ...["--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M"],
        ...args,
      ],
    });
    await running.waitForOutput("ready for connections", 60_000);
    return running;
  }

  let running = await launch();
  return {
    ...accessMariadbServer(port),
    async stop() {
      await running.stop();
      removeFolder(folder);
    },
    kill: () => running.kill(),
    async restart() {
      await running.stop();
      running = await launch();
    },
  };
}

/** What one may do with a server of startMariadbServer, known by its port. */
export function accessMariadbServer(port: number): DatabaseAccess {
  const urlOf = (name: string) => `mysql://${ACCOUNT}:${ACCOUNT}@127.0.0.1:${port}/${name}`;
  const account = { host: "127.0.0.1", port, user: ACCOUNT, password: ACCOUNT };
  return {
    url: urlOf(FIRST_DATABASE),
    port,
    async createDatabase(name, options = "") {
      const connection = await createConnection(account);
      const statement = `CREATE DATABASE ${connection.escapeId(name)} ${options}`;
      await connection.query(statement).finally(() => connection.end());
      return urlOf(name);
    },
  };
}

// Run at every start, so each line must be repeatable; one statement a line is what --init-file takes.
const INIT_SQL = `CREATE DATABASE IF NOT EXISTS ${FIRST_DATABASE};
CREATE USER IF NOT EXISTS ${ACCOUNT}@'127.0.0.1' IDENTIFIED BY '${ACCOUNT}';
GRANT ALL PRIVILEGES ON *.* TO ${ACCOUNT}@'127.0.0.1';
`;
