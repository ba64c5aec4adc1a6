import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureBuild } from "@/examples/demo/ensure-build";
import { openStore } from "@/lib/store/open-store";
import { countTasks, listTasksById } from "@/lib/store/tasks";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startCeleriac } from "@/tests/support/start-celeriac";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";

const PROMISED_MS = 5_000;
/** The production build, where there is none yet, on a slow machine. */
const BUILD_MS = 600_000;

describe("the command", () => {
  const folder = makeTempFolder("supervisor");
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedisServer();
    await ensureBuild((line) => void process.stderr.write(`${line}\n`));
  }, BUILD_MS);
  afterAll(async () => {
    await redis.stop();
    removeFolder(folder);
  });

  function settingsFor(name: string): Record<string, string> {
    return { CELERY_BROKER_URL: redis.url, DATABASE_URL: `file:${join(folder, name, "celeriac.db")}` };
  }

  test("ends with status 1 and one line for each wrong setting", async () => {
    const settings = { PORT: "http", CELERY_BROKER_URL: "kafka://me:hunter2@host", DATABASE_URL: "" };
    const celeriac = await startCeleriac({ settings });
    expect(await celeriac.exited).toBe(1);
    const lines = celeriac.output().trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^CELERY_BROKER_URL: got "kafka:\/\/me:\*\*\*@host"; it takes a URL/);
    expect(lines[1]).toBe('PORT: got "http"; it takes a port number from 1 to 65535');
  });

  test("ends with status 1 and one line when the store can't be opened", async () => {
    writeFileSync(join(folder, "file"), "");
    const settings = {
      ...settingsFor("unused"),
      DATABASE_URL: `file:${join(folder, "file", "celeriac.db")}`,
    };
    const celeriac = await startCeleriac({ part: "collector", settings });
    expect(await celeriac.exited).toBe(1);
    expect(celeriac.output()).toMatch(/^celeriac collector: DATABASE_URL: file:\/.+(EEXIST|ENOTDIR).+\n$/);
  });

  test("runs web and collector, starts a collector that died again, and stops both in time", async () => {
    const port = String(await getFreePort());
    const celeriac = await startCeleriac({ settings: { ...settingsFor("both"), PORT: port } });
    await celeriac.waitForOutput(`Celeriac is at http://127.0.0.1:${port}\n`);
    const health = () => fetch(`http://127.0.0.1:${port}/api/v1/health`).then((answer) => answer.json());
    await waitFor(async () => (await health()).status === "ok", { what: celeriac.output });

    const [firstPid] = await waitFor(() => collectorPids(celeriac.output()));
    process.kill(Number(firstPid), "SIGKILL");
    await waitFor(() => collectorPids(celeriac.output()).length === 2, { what: celeriac.output });
    expect((await fetch(`http://127.0.0.1:${port}/healthcheck`)).status).toBe(200);

    const stoppingMs = startStopwatch();
    celeriac.signal("SIGTERM");
    expect(await celeriac.exited).toBe(0);
    expect(stoppingMs()).toBeLessThan(PROMISED_MS);
    for (const pid of collectorPids(celeriac.output())) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    await expect(fetch(`http://127.0.0.1:${port}/healthcheck`)).rejects.toThrow();
  });

  test("loses nothing that the collector had taken in when it is told to stop", async () => {
    const settings = settingsFor("burst");
    const celeriac = await startCeleriac({ part: "collector", settings });
    await celeriac.waitForOutput("is the active collector");
    const client = new Redis(redis.url);
    await waitFor(async () => Number(await client.call("PUBSUB", "NUMPAT")) > 0);
    const pipeline = client.pipeline();
    const ids = Array.from({ length: 8_000 }, (_, index) => `burst-${index}`);
    for (const id of ids) pipeline.publish("/0.celeryev/task.received", makeEventMessage(id));
    await pipeline.exec();
    await client.quit();
    const stoppingMs = startStopwatch();
    celeriac.signal("SIGTERM");
    expect(await celeriac.exited).toBe(0);
    expect(stoppingMs()).toBeLessThan(PROMISED_MS);

    const line = /^.*all events are in the store.*$/m.exec(celeriac.output())?.[0] ?? "{}";
    const { received, dropped } = JSON.parse(line);
    expect(dropped).toBe(0);
    expect(received).toBeGreaterThan(0);
    const store = await openStore(settings.DATABASE_URL ?? "");
    expect(await countTasks(store, {}, 100_000)).toEqual({ count: received, exact: true });
    expect((await listTasksById(store, ids.slice(0, received))).size).toBe(received);
    await store.close();
  });
});

/** The pids of the collectors that started, by their log. */
function collectorPids(output: string): number[] {
  return [...output.matchAll(/^.*"msg":"collector starts".*$/gm)].map(([line]) => JSON.parse(line).pid);
}

/** What kombu publishes for one task event (celery-wire.md B.3, D.3). */
function makeEventMessage(uuid: string): string {
  const event = {
    ...{ type: "task-received", uuid, hostname: "burst@box", timestamp: Date.now() / 1000, pid: 1, clock: 1 },
    ...{ utcoffset: 0, name: "burst", args: "()", kwargs: "{}", root_id: uuid, parent_id: null, retries: 0 },
    ...{ eta: null, expires: null },
  };
  return JSON.stringify({
    body: Buffer.from(JSON.stringify(event)).toString("base64"),
    ...{
      "content-encoding": "utf-8",
      "content-type": "application/json",
      headers: { hostname: "burst@box" },
    },
    properties: { delivery_mode: 1, body_encoding: "base64", delivery_tag: uuid, priority: 0 },
  });
}
