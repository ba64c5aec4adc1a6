import { connect, createServer, type Socket } from "node:net";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { openResultTable } from "@/lib/results/open-result-table";
import type { DatabaseAccess } from "@/tests/support/database-server";
import { getFreePort } from "@/tests/support/get-free-port";
import { shareMariadbServer } from "@/tests/support/shared-servers/share-mariadb-server";

let server: DatabaseAccess;

beforeAll(async () => {
  server = await shareMariadbServer();
});

// A rejection that nobody handles would end the process: here, it fails the run.
test("connections that break while their sessions are made read-only", async () => {
  const proxy = await startBrokenProxy("SET SESSION TRANSACTION READ ONLY", 3);
  const table = openResultTable({ url: server.url.replace(`:${server.port}/`, `:${proxy.port}/`) });
  onTestFinished(() => table.close());
  // The fourth connection gets through to the database, which is empty.
  await expect(table.count({}, 1)).rejects.toThrow("has no table django_celery_results_taskresult");
  expect(proxy.countBroken()).toBe(3);
});

/** Passes everything on to the server; but the first `times` clients that say `lastWords` are reset. */
async function startBrokenProxy(lastWords: string, times: number) {
  let broken = 0;
  const proxy = createServer((client) => {
    const upstream = connect(server.port, "127.0.0.1");
    joinEnds(client, upstream);
    upstream.pipe(client);
    client.on("data", (data) => {
      if (broken >= times || !data.includes(lastWords)) return upstream.write(data);
      broken += 1;
      client.resetAndDestroy();
    });
  });
  const port = await getFreePort();
  await new Promise<void>((resolve) => proxy.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    proxy.close();
  });
  return { port, countBroken: () => broken };
}

function joinEnds(one: Socket, other: Socket): void {
  one.on("error", () => other.destroy()).on("close", () => other.destroy());
  other.on("error", () => one.destroy()).on("close", () => one.destroy());
}
