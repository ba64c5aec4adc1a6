import type { TaskFilter } from "@/lib/api/schemas/tasks";
import type { Worker } from "@/lib/api/schemas/workers";
import { StopWaiting, waitFor } from "@/tests/support/wait-for";
import { type CeleriacApi, createCeleriacApi } from "./celeriac-api";
import { setOutage } from "./outside-service";
import { sendBurst } from "./shop-project";
import type { Demo } from "./start-demo";

const QUEUES = ["default", "mail", "reports"];
const WORKERS = ["mail", "orders"];
const OUTAGE_CALLS = 40;
const ENOUGH_FAILED = 15;
const RATE_PER_SECOND = 20;

/** Goes through the main job over HTTP and says what it saw: tasks, queues, workers, an outage, a re-dispatch to its end. Throws at the first thing that is wrong. */
export async function checkMainJob(demo: Demo, log: (line: string) => void): Promise<void> {
  const api = createCeleriacApi(demo.url);
  await checkCluster(api, log);
  const filter = await causeFailures(demo, api, log);
  await checkRedispatch(api, filter, log);
}

async function checkCluster(api: CeleriacApi, log: (line: string) => void): Promise<void> {
  await waitFor(async () => (await api.getHealth()).status === "ok", {
    timeoutMs: 60_000,
    what: "the health of broker, result table, store and collector",
  });
  const workers = await waitFor(
    async () => {
      const online = (await api.listWorkers()).filter(isKnown);
      return (
        sameNames(
          online.map(({ hostname }) => hostname.split("@")[0] ?? ""),
          WORKERS,
        ) && online
      );
    },
    { timeoutMs: 60_000, what: `workers ${WORKERS.join(" and ")} online, with their pools and queues` },
  );
  for (const { hostname, concurrency, queues, softwareVersion } of workers) {
    log(
      `worker ${hostname}: ${concurrency} processes, queues ${queues?.join(", ")}, Celery ${softwareVersion}`,
    );
  }
  const queues = await waitFor(
    async () => {
      const all = await api.listQueues();
      return QUEUES.every((name) => all.some((queue) => queue.name === name && queue.consumers === 1)) && all;
    },
    { timeoutMs: 60_000, what: `queues ${QUEUES.join(", ")} with a consumer each` },
  );
  for (const { name, depth, unacked } of queues)
    log(`queue ${name}: ${depth} waiting, ${unacked} unacknowledged`);
  const succeeded = await waitFor(() => api.countTasks({ state: ["SUCCESS"] }), {
    timeoutMs: 60_000,
    what: "tasks that succeeded",
  });
  log(`tasks: ${succeeded} succeeded so far`);
}

/** Takes the outside service down until enough tasks have failed of it; returns the filter that finds them. */
async function causeFailures(demo: Demo, api: CeleriacApi, log: (line: string) => void): Promise<TaskFilter> {
  const from = new Date().toISOString();
  const failed: TaskFilter = { state: ["FAILURE"], name: ["shop.tasks.*"], from };
  await setOutage(demo.outsideUrl, true);
  log("outside service: down");
  await sendBurst(demo.shop, OUTAGE_CALLS, 2);
  await waitFor(async () => (await api.countTasks(failed)) >= ENOUGH_FAILED, {
    timeoutMs: 90_000,
    what: `${ENOUGH_FAILED} failed tasks`,
  });
  await setOutage(demo.outsideUrl, false);
  log("outside service: up again");
  // Calls that hung in the outage are still to fail; the half-open range keeps them out of what we look at.
  const filter = { ...failed, to: new Date().toISOString() };
  const example = (await api.listTasks(filter)).find(({ exception }) =>
    exception?.includes("ServiceUnavailable"),
  );
  if (example === undefined) throw new Error("no failed task says that the outside service was unavailable");
  log(
    `failed since ${from}: ${await api.countTasks(filter)}, among them ${example.name}: ${example.exception}`,
  );
  return filter;
}

async function checkRedispatch(
  api: CeleriacApi,
  filter: TaskFilter,
  log: (line: string) => void,
): Promise<void> {
  const preview = await api.preview(filter);
  const blocked = preview.blocked.map(({ reason, count }) => `${count} ${reason}`).join(", ") || "none";
  log(`preview: ${preview.total} failed, ${preview.ready} ready, blocked: ${blocked}`);
  for (const { name, count, queue, queueFrom } of preview.byName) {
    log(`  ${count} × ${name} → ${queue} (${queueFrom})`);
  }
  expectThat(preview.ready > 0, "no failed task is ready to be sent again");
  const blockedCount = preview.blocked.reduce((sum, { count }) => sum + count, 0);
  expectThat(preview.ready + blockedCount === preview.total, "ready and blocked do not add up to the total");

  const id = await api.redispatch(filter, {
    snapshot: preview.snapshot,
    reason: "the outside service was down",
    ratePerSecond: RATE_PER_SECOND,
  });
  const batch = await waitFor(
    async () => {
      const now = await api.getBatch(id);
      if (now.state === "failed" || now.state === "cancelled") {
        throw new StopWaiting(`the batch is ${now.state}: ${now.error}`);
      }
      return now.state === "done" && now.outcomes.pending === 0 && now;
    },
    { timeoutMs: 120_000, what: `the end of batch ${id}` },
  );
  const { succeeded, failed } = batch.outcomes;
  log(`re-dispatch ${id}: ${batch.dispatched} sent, ${succeeded} succeeded, ${failed} failed`);
  expectThat(
    batch.dispatched === preview.ready,
    `${preview.ready} were ready, ${batch.dispatched} were sent`,
  );
  expectThat(succeeded === batch.dispatched, `${batch.dispatched} were sent, ${succeeded} succeeded`);

  const again = await api.preview(filter);
  log(`preview of the same filter again: ${again.ready} ready`);
  expectThat(again.ready === 0, "tasks that were sent again already are ready once more");
}

/** Online, and it has told its version by a heartbeat, and its pool and queues by remote control. */
function isKnown({ status, concurrency, queues, softwareVersion }: Worker): boolean {
  return status === "online" && concurrency !== null && queues !== null && softwareVersion !== null;
}

function expectThat(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(otherwise);
}

function sameNames(names: readonly string[], wanted: readonly string[]): boolean {
  return [...names].sort().join() === wanted.join();
}
