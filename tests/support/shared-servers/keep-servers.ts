import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { makeTempFolder, removeFolder } from "../make-temp-folder";
import { migrateTestProject } from "../migrate-test-project";
import type { RabbitmqPorts } from "../rabbitmq-access";
import { startMariadbServer } from "../start-mariadb-server";
import { startPostgresServer } from "../start-postgres-server";
import { startRabbitmqServer } from "../start-rabbitmq-server";
import { KEEPER_VARIABLE } from "./ask-keeper";

/** What those who share something must know of it. */
export interface SharedFacts {
  readonly postgresql: { readonly port: number };
  readonly mariadb: { readonly port: number };
  readonly rabbitmq: RabbitmqPorts;
  /** A SQLite file with the tables of the test project as the Django of this Python makes them; to be copied. */
  readonly tables: { readonly path: string };
}

interface Kept {
  readonly facts: unknown;
  stop(): Promise<void>;
}

const START: Record<string, ((detail: string) => Promise<Kept>) | undefined> = {
  // With sixty databases, autovacuum would start a process a second to look at the next one.
  postgresql: async () =>
    keep(await startPostgresServer({ settings: { autovacuum: "off" } }), ({ port }) => ({ port })),
  mariadb: async () => keep(await startMariadbServer(), ({ port }) => ({ port })),
  rabbitmq: async () => keep(await startRabbitmqServer(), ({ ports }) => ports),
  tables: makeTables,
} satisfies Record<keyof SharedFacts, unknown>;

/**
 * Starts the servers that test files share, each when the first file asks, until `stop` is called or this process ends.
 * Files run in processes of their own and end what they start: these servers are this process's, which the others reach
 * through a variable of their environment.
 */
export async function keepServers(): Promise<{ stop(): Promise<void> }> {
  const kept = new Map<string, Promise<Kept>>();
  const door = createServer((request, response) => {
    const path = request.url ?? "";
    const [, name = "", detail = ""] = path.split("/").map(decodeURIComponent);
    const start = START[name];
    if (start === undefined) return void response.writeHead(404).end(`nobody keeps ${name}`);
    const server = kept.get(path) ?? start(detail);
    kept.set(path, server);
    void answer(response, server);
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  // An address with a port, since it listens on TCP.
  const { port } = door.address() as AddressInfo;
  process.env[KEEPER_VARIABLE] = `http://127.0.0.1:${port}`;
  return {
    async stop() {
      delete process.env[KEEPER_VARIABLE];
      door.close();
      const servers = await Promise.allSettled(kept.values());
      await Promise.all(servers.map((server) => server.status === "fulfilled" && server.value.stop()));
    },
  };
}

function keep<S extends { stop(): Promise<void> }>(server: S, tell: (server: S) => unknown): Kept {
  return { facts: tell(server), stop: () => server.stop() };
}

async function makeTables(python: string): Promise<Kept> {
  const folder = makeTempFolder("tables");
  const path = join(folder, "results.sqlite3");
  await migrateTestProject(python, `file:${path}`);
  return { facts: { path }, stop: async () => removeFolder(folder) };
}

async function answer(response: ServerResponse, server: Promise<Kept>): Promise<void> {
  try {
    const { facts } = await server;
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(facts));
  } catch (error) {
    response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
  }
}
