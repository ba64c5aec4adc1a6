import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import type { RunningProcess } from "@/tests/support/start-process";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";

const OUTAGE_MS = 20_000;
const LIVE_AGAIN_MS = 5_000;
const LOAD = Array.from({ length: 200 }, () => ({ task: "test_project.tasks.sleep", args: "(0.1,)" }));

test.describe("the broker is killed under load", () => {
  const folder = makeTempFolder("outage");
  let redis: RedisServer;
  let project: TestProject;
  let worker: CeleryWorker;
  let celeriac: RunningProcess;
  let url: string;

  test.beforeAll(async () => {
    redis = await startRedisServer();
    project = await createTestProject({
      environment: await ensurePythonEnvironment("newest"),
      brokerUrl: redis.url,
    });
    worker = await project.startWorker({ name: "outage" });
    const port = await getFreePort();
    url = `http://127.0.0.1:${port}`;
    celeriac = await startCeleriac({
      settings: {
        CELERY_BROKER_URL: redis.url,
        RESULTS_DATABASE_URL: project.databaseUrl,
        DATABASE_URL: `file:${join(folder, "celeriac.db")}`,
        PORT: String(port),
      },
    });
    await celeriac.waitForOutput("Celeriac is at");
    await project.send(LOAD);
  });
  test.afterAll(async () => {
    await celeriac?.stop();
    await project?.stop();
    await redis?.stop();
    removeFolder(folder);
  });

  test("pages say so and go on, and all is live again within five seconds of its return", async ({
    page,
  }) => {
    const health = async () => (await fetch(`${url}/api/v1/health`)).json();
    const countDone = async () =>
      (await (await fetch(`${url}/api/v1/tasks/count?state=SUCCESS`)).json()).count;
    await expect.poll(countDone).toBeGreaterThan(0);
    await page.goto(`${url}/tasks`);
    const banner = page.getByText("The broker is away");
    await expect(banner).toBeHidden();

    await redis.kill();
    const killedAt = Date.now();
    await expect(banner).toBeVisible();
    await expect.poll(async () => (await health()).broker.connected).toBe(false);
    // History still works.
    await page.goto(`${url}/tasks?state=SUCCESS`);
    await expect(page.getByRole("row").nth(1)).toContainText("test_project.tasks.sleep");
    await expect.poll(() => Date.now() - killedAt, { timeout: OUTAGE_MS * 2 }).toBeGreaterThan(OUTAGE_MS);
    expect(celeriac.hasExited()).toBe(false);
    expect(celeriac.output()).not.toContain("a part ended by itself");

    await redis.restart();
    const backMs = startStopwatch();
    await expect.poll(async () => (await health()).status, { intervals: [200] }).toBe("ok");
    await expect(banner).toBeHidden();
    expect(backMs()).toBeLessThan(LIVE_AGAIN_MS);
    // Whether a worker comes back is Celery's matter: now and then one never does. What a new one does is seen at once.
    await worker.kill();
    await project.startWorker({ name: "next" });
    const [id = ""] = await project.send([{ task: "test_project.tasks.echo" }]);
    const stateOf = async () => (await (await fetch(`${url}/api/v1/tasks/${id}`)).json()).state;
    await expect.poll(stateOf).toBe("SUCCESS");
  });
});
