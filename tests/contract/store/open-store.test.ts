import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listTopicVersions } from "@/lib/store/changes";
import { openStore } from "@/lib/store/open-store";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { STORE_DATABASES, type StoreDatabase } from "./open-stores";

describe.each(STORE_DATABASES)("openStore on %s", (provider, start) => {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await start();
  });
  afterAll(() => database.stop());

  test("creates what is missing, and opens it again as it is", async () => {
    const url = await database.createUrl();
    const first = await openStore(url);
    expect(first.provider).toBe(provider);
    expect(first.getStatus()).toMatchObject({ connected: true, error: null });
    await first.close();
    const second = await openStore(url);
    expect(await listTopicVersions(second)).toEqual(new Map());
    await second.close();
  });

  test("migrates once when several open a new store at the same moment", async () => {
    const url = await database.createUrl();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(url)));
    const versions = await stores[0]?.client.schemaMigration.findMany({ select: { version: true } });
    expect(versions).toEqual([1, 2, 3, 4, 5, 6].map((version) => ({ version })));
    await Promise.all(stores.map((store) => store.close()));
  });

  test("opens one that is up to date while another process writes", async () => {
    const url = await database.createUrl();
    const writer = await openStore(url);
    const write = async () => {
      const second = await openStore(url);
      expect(await listTopicVersions(second)).toEqual(new Map());
      await second.close();
    };
    await writer.client.$transaction(write, { timeout: 60_000 });
    await writer.close();
  });

  test("refuses a store that a newer version wrote, and says what to do", async () => {
    const url = await database.createUrl();
    const store = await openStore(url);
    await store.client.schemaMigration.create({ data: { version: 9999, name: "later", appliedAt: 1 } });
    await store.close();
    await expect(openStore(url)).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringMatching(
        /^The store was written by a newer Celeriac \(its schema is 9999, this program knows \d+\): start the newer program/,
      ),
    });
  });
});

describe("openStore on what is no store", () => {
  test("says which setting names a file that is no database", async () => {
    const folder = makeTempFolder("store");
    writeFileSync(
      join(folder, "notes.txt"),
      "this is not a database, it is a text of some length\n".repeat(100),
    );
    await expect(openStore(`file:${join(folder, "notes.txt")}`)).rejects.toMatchObject({
      code: "store_unavailable",
      message: `DATABASE_URL: file:${join(folder, "notes.txt")}: file is not a database`,
    });
    removeFolder(folder);
  });

  test("says which setting names a folder that can't be created", async () => {
    const folder = makeTempFolder("store");
    writeFileSync(join(folder, "file"), "");
    await expect(openStore(`file:${join(folder, "file", "celeriac.db")}`)).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringContaining("DATABASE_URL: file:"),
    });
    removeFolder(folder);
  });

  test("says which setting names a server that isn't there, without the password", async () => {
    const opening = openStore("postgresql://me:hunter2@127.0.0.1:1/none");
    await expect(opening).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringMatching(/^DATABASE_URL: postgresql:\/\/me:\*\*\*@127\.0\.0\.1:1\/none: .+/),
    });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining("hunter2") });
  });

  test("says so while a server is away, since when, and goes on when it is back", async () => {
    const server = await startPostgresServer();
    const store = await openStore(server.url);
    const killedAt = Date.now();
    await server.kill();
    await expect(listTopicVersions(store)).rejects.toMatchObject({ code: "store_unavailable" });
    const { connected, since, error } = store.getStatus();
    expect({ connected, error }).toEqual({ connected: false, error: expect.stringContaining("127.0.0.1") });
    expect(since).toBeGreaterThanOrEqual(killedAt);
    expect(since).toBeLessThanOrEqual(Date.now());
    await server.restart();
    // The killed server, which syncs nothing to its disk, may have lost the tables: what counts is that it answers.
    expect(await store.client.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    expect(store.getStatus()).toMatchObject({ connected: true, error: null });
    await store.close();
    await server.stop();
  });
});
