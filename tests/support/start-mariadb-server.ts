import { mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import type { DatabaseAccess, DatabaseServer } from "./database-server";
import { getFreePort } from "./get-free-port";
import { makeTempFolder, removeFolder } from "./make-temp-folder";
import { MYSQL_FLAVOUR } from "./mysql-flavour";
import { startProcess } from "./start-process";

const ACCOUNT = "celeriac";
const FIRST_DATABASE = "celeriac";
/** MySQL's default login asks for the server's key. */
const LOGIN = { allowPublicKeyRetrieval: true };

/**
 * Starts a private MariaDB, or MySQL (mysql-flavour.ts), on 127.0.0.1 (utf8mb4, nothing flushed to disk), and waits until it
 * takes connections. `args` are the server's own and win over ours.
 */
export async function startMariadbServer({
  args = [],
}: {
  readonly args?: readonly string[];
} = {}): Promise<DatabaseServer> {
  const folder = makeTempFolder("mariadb");
  const data = join(folder, "data");
  // A mariadbd that starts removes every temporary table that lies in its folder for them: also another server's.
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  // mariadbd runs as root only when told so by name.
  const own = ["--no-defaults", `--datadir=${data}`, `--user=${userInfo().username}`];
  const program = await MYSQL_FLAVOUR.prepare(own, temporary);
  const initFile = join(folder, "init.sql");
  writeFileSync(initFile, INIT_SQL);
  const port = await getFreePort();

  async function launch() {
    const running = await startProcess({
      command: program,
      args: [
        ...own,
        `--tmpdir=${temporary}`,
        ...[`--port=${port}`, "--bind-address=127.0.0.1", `--init-file=${initFile}`],
        ...[`--socket=${join(folder, "mariadb.sock")}`, `--pid-file=${join(folder, "mariadb.pid")}`],
        ...["--character-set-server=utf8mb4", "--skip-log-bin", "--skip-name-resolve"],
        ...["--innodb-flush-log-at-trx-commit=0"],
        ...["--innodb-buffer-pool-size=32M", "--loose-innodb-log-file-size=16M"],
        ...MYSQL_FLAVOUR.args,
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
  return {
    url: urlOf(FIRST_DATABASE),
    port,
    async createDatabase(name, options = "") {
      const connection = await connectToMariadb(urlOf(""));
      const statement = `CREATE DATABASE ${connection.escapeId(name)} ${options}`;
      await connection.query(statement).finally(() => connection.end());
      return urlOf(name);
    },
  };
}

/** A connection of the driver to a database of startMariadbServer. */
export function connectToMariadb(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  return createConnection({
    host: hostname,
    port: Number(port),
    user: username,
    password,
    database,
    ...LOGIN,
  });
}

// Run at every start, so each line must be repeatable; one statement a line is what --init-file takes.
const INIT_SQL = `CREATE DATABASE IF NOT EXISTS ${FIRST_DATABASE};
CREATE USER IF NOT EXISTS ${ACCOUNT}@'127.0.0.1' IDENTIFIED BY '${ACCOUNT}';
GRANT ALL PRIVILEGES ON *.* TO ${ACCOUNT}@'127.0.0.1';
`;
