import { Redis } from "ioredis";
import { Client } from "pg";
import { expect, test } from "vitest";
import { connectToMariadb, startMariadbServer } from "@/tests/support/start-mariadb-server";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { startRedisServer } from "@/tests/support/start-redis-server";

test("a private Redis answers, asks for its password, and comes back on the same port", async () => {
  const server = await startRedisServer({ password: "p@ss" });
  const client = new Redis(server.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on("error", () => undefined);
  expect(await client.set("key", "value")).toBe("OK");
  await server.kill();
  await server.restart();
  expect(await client.get("key")).toBeNull();
  client.disconnect();
  const stranger = new Redis(server.port);
  stranger.on("error", () => undefined);
  await expect(stranger.get("key")).rejects.toThrow("NOAUTH");
  stranger.disconnect();
  await server.stop();
});

test("a private PostgreSQL keeps its data over a restart", async () => {
  const server = await startPostgresServer();
  const url = await server.createDatabase("shop");
  const first = new Client({ connectionString: url });
  await first.connect();
  await first.query("CREATE TABLE probe AS SELECT 'é' AS letter");
  await first.end();
  await server.restart();
  const second = new Client({ connectionString: url });
  await second.connect();
  expect((await second.query("SELECT letter FROM probe")).rows).toEqual([{ letter: "é" }]);
  await second.end();
  await server.stop();
});

test("a private MariaDB keeps its data over a restart", async () => {
  const server = await startMariadbServer();
  const url = await server.createDatabase("shop");
  const first = await connectToMariadb(url);
  await first.query("CREATE TABLE probe AS SELECT 'é😀' AS letter");
  await first.end();
  await server.restart();
  const second = await connectToMariadb(url);
  expect(await second.query("SELECT letter FROM probe")).toEqual([{ letter: "é😀" }]);
  await second.end();
  await server.stop();
});
