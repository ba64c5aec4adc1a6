import { join } from "node:path";
import { Client } from "pg";
import type { DatabaseAccess, DatabaseServer } from "./database-server";
import { ensureDebianPackages } from "./ensure-debian-packages";
import { findProgram } from "./find-program";
import { getFreePort } from "./get-free-port";
import { makeTempFolder, removeFolder } from "./make-temp-folder";
import { runCommand } from "./run-command";
import { startProcess } from "./start-process";
import { findUnprivilegedUser } from "./unprivileged-user";

const ROLE = "celeriac";

/**
 * Starts a private PostgreSQL on 127.0.0.1 (UTF-8, fsync off, no password), and waits until it takes connections.
 * `settings` are the server's own, such as `shared_buffers`.
 */
export async function startPostgresServer({
  settings = {},
}: {
  readonly settings?: Readonly<Record<string, string>>;
} = {}): Promise<DatabaseServer> {
  await ensureDebianPackages(["postgresql"]);
  const user = await findUnprivilegedUser(["postgres"]);
  const folder = makeTempFolder("postgres");
  user.own(folder);
  const data = join(folder, "data");
  const initdb = user.as(findProgram("initdb") ?? "initdb", [
    ...["--pgdata", data, "--username", ROLE, "--auth", "trust"],
    ...["--encoding", "UTF8", "--locale", "C", "--no-sync"],
  ]);
  await runCommand(initdb.command, initdb.args, { cwd: folder });
  const port = await getFreePort();

  async function launch() {
    const running = await startProcess({
      ...user.as(findProgram("postgres") ?? "postgres", ["-D", data, ...listSettings(port, settings)]),
      cwd: folder,
      // SIGTERM would wait until every client has left.
      stopSignal: "SIGINT",
    });
    await running.waitForOutput("ready to accept connections");
    return running;
  }

  let running = await launch();
  return {
    ...accessPostgresServer(port),
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

/** What one may do with a server of startPostgresServer, known by its port. */
export function accessPostgresServer(port: number): DatabaseAccess {
  const urlOf = (name: string) => `postgresql://${ROLE}@127.0.0.1:${port}/${name}`;
  return {
    url: urlOf("postgres"),
    port,
    async createDatabase(name, options = "") {
      const client = new Client({ connectionString: urlOf("postgres") });
      await client.connect();
      const statement = `CREATE DATABASE ${client.escapeIdentifier(name)} ${options}`;
      await client.query(statement).finally(() => client.end());
      return urlOf(name);
    },
  };
}

function listSettings(port: number, more: Readonly<Record<string, string>>): string[] {
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: 200,
    ...more,
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
