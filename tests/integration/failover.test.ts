import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openResultTable } from "@/lib/results/open-result-table";
import { getCollectorStatus, type StoredCollectorStatus } from "@/lib/store/collector-status";
import { type EventGap, listEventGaps } from "@/lib/store/event-gaps";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { listTasksById } from "@/lib/store/tasks";
import { getThroughput } from "@/lib/store/throughput";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { sharePostgresServer } from "@/tests/support/shared-servers/share-postgres-server";
import { shareRabbitmqServer } from "@/tests/support/shared-servers/share-rabbitmq-server";
import { startCeleriac } from "@/tests/support/start-celeriac";
import type { RunningProcess } from "@/tests/support/start-process";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";
import { publishTaskEvents } from "./publish-task-events";

const TASKS = 4;
const PATIENCE_MS = 60_000;

describe("a collector is killed while another stands by, the store on PostgreSQL", () => {
  let storeUrl: string;
  let store: Store;
  beforeEach(async () => {
    const server = await sharePostgresServer();
    storeUrl = await server.createDatabase("failover");
    store = await openStore(storeUrl);
  });
  afterEach(() => store.close());

  /** Two collectors: the first is the active one. */
  async function startTwo(own: Readonly<Record<string, string>>) {
    const start = async () => {
      const collector = await startCeleriac({
        part: "collector",
        settings: { DATABASE_URL: storeUrl, ...own },
      });
      onTestFinished(() => collector.stop());
      return collector;
    };
    const active = await start();
    await active.waitForOutput("takes events in");
    const standby = await start();
    await standby.waitForOutput("collector starts");
    return { active, standby };
  }

  test("on RabbitMQ nothing is lost", { timeout: 120_000 }, async () => {
    const rabbitmq = await shareRabbitmqServer();
    const url = await rabbitmq.createVirtualHost("failover");
    const { active, standby } = await startTwo({ CELERY_BROKER_URL: url });
    const publishing = new AbortController();
    const published = publishTaskEvents(url, publishing.signal);
    await waitFor(async () => (await sumEnds(store)) > 100, { timeoutMs: PATIENCE_MS });
    await active.kill();
    await standby.waitForOutput("takes events in", PATIENCE_MS);
    const endsAtTakeover = await sumEnds(store);
    await waitFor(async () => (await sumEnds(store)) > endsAtTakeover + 100, { timeoutMs: PATIENCE_MS });
    publishing.abort();
    const wanted = await published;
    let wrong = [...wanted.keys()];
    await waitFor(
      async () => {
        const records = await listTasksById(store, wrong);
        wrong = wrong.filter((id) => records.get(id)?.state !== wanted.get(id));
        return wrong.length === 0;
      },
      { timeoutMs: PATIENCE_MS, what: () => `the right state of ${wrong.length} of ${wanted.size} tasks` },
    );
    expect(await listEventGaps(store, 0, Date.now())).toEqual([]);
  });

  test("on Redis the gap is marked, and states mended from the result table", {
    timeout: 180_000,
  }, async () => {
    const redis = await startRedisServer();
    onTestFinished(() => redis.stop());
    const environment = await ensurePythonEnvironment("newest");
    const project = await createTestProject({ environment, brokerUrl: redis.url });
    onTestFinished(() => project.stop());
    const results = openResultTable({ url: project.databaseUrl });
    onTestFinished(() => results.close());
    const { active, standby } = await startTwo({
      CELERY_BROKER_URL: redis.url,
      RESULTS_DATABASE_URL: project.databaseUrl,
    });
    await project.startWorker({ name: "held", concurrency: TASKS });
    project.setOutage(true);
    const call = { task: "test_project.tasks.wait" };
    const ids = await project.send(Array.from({ length: TASKS }, () => call));
    await waitFor(async () => (await listStates(store, ids)).join() === "STARTED,STARTED,STARTED,STARTED", {
      timeoutMs: PATIENCE_MS,
      what: () => `four tasks that run\n${active.output().slice(-3_000)}`,
    });
    const endsBefore = await sumEnds(store);

    // The standby sleeps until all has ended that it must not hear of.
    signalGroup(standby, "SIGSTOP");
    await active.kill();
    const killedAt = Date.now();
    project.setOutage(false);
    const countEnded = async () => (await results.count({ ids, states: ["SUCCESS"] }, 100)).count;
    await waitFor(async () => (await countEnded()) === TASKS, { timeoutMs: PATIENCE_MS });
    const endedAt = Date.now();
    signalGroup(standby, "SIGCONT");
    await standby.waitForOutput("takes events in", PATIENCE_MS);

    let states: readonly string[] = [];
    let gaps: readonly EventGap[] = [];
    let status: StoredCollectorStatus | null = null;
    await waitFor(
      async () => {
        states = await listStates(store, ids);
        gaps = await listEventGaps(store, 0, Date.now());
        status = await getCollectorStatus(store, Date.now());
        return states.every((state) => state === "SUCCESS");
      },
      {
        timeoutMs: PATIENCE_MS,
        what: () =>
          `the ends of all: ${JSON.stringify({ states, gaps, killedAt, endedAt, status })}\n${active.output()}\n${standby.output()}`,
      },
    );
    expect((await sumEnds(store)) - endsBefore).toBe(TASKS);
    expect(gaps).toMatchObject([{ cause: "unheard", events: null }]);
    expect(gaps[0]?.from).toBeLessThanOrEqual(killedAt);
    expect(gaps[0]?.to).toBeGreaterThanOrEqual(endedAt);
  });
});

async function listStates(store: Store, ids: readonly string[]): Promise<readonly string[]> {
  const records = await listTasksById(store, ids);
  return ids.map((id) => records.get(id)?.state ?? "none");
}

/** Tasks of which the store has counted an end. */
async function sumEnds(store: Store): Promise<number> {
  const { points } = await getThroughput(store, { minutes: 60, points: 300, now: Date.now() });
  return points.reduce((sum, { succeeded, failed, retried }) => sum + succeeded + failed + retried, 0);
}

/** To the supervisor and the collector that it started. */
function signalGroup({ pid }: RunningProcess, signal: NodeJS.Signals): void {
  process.kill(-pid, signal);
}
