import type { Worker, WorkerDetail } from "@/lib/api/schemas/workers";
import type { Broker } from "@/lib/broker/broker";
import { readActiveQueues } from "@/lib/celery/control/read-active-queues";
import { readBrokerConnection } from "@/lib/celery/control/read-broker-connection";
import { readRegisteredTasks } from "@/lib/celery/control/read-registered-tasks";
import { readResourceUsage } from "@/lib/celery/control/read-resource-usage";
import { readStats } from "@/lib/celery/control/read-stats";
import type { WireValue } from "@/lib/celery/wire-value";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { toInstant } from "@/lib/format/to-instant";
import type { Store } from "@/lib/store/store";
import type { StoredWorker } from "@/lib/store/workers";
import { askWorker, skipInterview, type WorkerInterview } from "./ask-worker";
import { listHeldFromEvents } from "./held-from-events";
import { viewHeldTasks } from "./held-tasks-view";
import { viewPool } from "./pool-view";
import { type PlainJson, toPlainJson } from "./to-plain-json";
import { viewWorker } from "./worker-view";

/** What the detail of a worker is made with. */
export interface WorkerDetailContext {
  readonly broker: Broker;
  readonly store: Store;
  /** Names of kwargs and settings whose values are hidden. */
  readonly redact: readonly string[];
}

/**
 * The worker as its events told, with its own answers to remote control, asked now. What it was not asked or did not
 * answer is null, or what its events told of it, with a note that says why.
 */
export async function getWorkerDetail(
  worker: StoredWorker,
  { broker, store, redact }: WorkerDetailContext,
): Promise<WorkerDetail> {
  const interview = isWorkerOnline(worker)
    ? await askWorker(broker, worker, redact)
    : skipInterview("The worker is offline, so it was not asked.");
  const view = viewWorker(worker);
  const { stats } = interview;
  return {
    ...view,
    ...pickFresh(interview, view),
    ...viewRaw(interview, worker),
    activeCount: view.active,
    held: await viewHeld(interview, worker, { store, redact }),
    registeredTasks: readRegisteredTasks(interview.registered),
    poolStats: viewPool(interview),
    usage: readResourceUsage(stats),
    brokerConnection: readBrokerConnection(stats),
    uptimeSeconds: readStats(stats).uptimeSeconds,
    answeredAt: toInstant(worker.answeredAt),
    notes: [...interview.notes],
  };
}

/** What it says of itself now, where the collector's last question may have been a while ago. */
function pickFresh(interview: WorkerInterview, view: Worker) {
  const { pool, concurrency, prefetchCount, pid, maxRssBytes } = readStats(interview.stats);
  return {
    pool: pool ?? view.pool,
    concurrency: concurrency ?? view.concurrency,
    prefetchCount: prefetchCount ?? view.prefetchCount,
    pid: pid ?? view.pid,
    maxRssBytes: maxRssBytes ?? view.maxRssBytes,
    queues: readActiveQueues(interview.active_queues) ?? view.queues,
  };
}

/** The answers as they came. */
function viewRaw(interview: WorkerInterview, worker: StoredWorker) {
  const { stats, active, reserved, scheduled, registered, revoked, conf } = interview;
  return {
    stats: toPlainJson(stats),
    active: toPlainJson(active),
    reserved: toPlainJson(reserved),
    scheduled: toPlainJson(scheduled),
    registered: readNames(registered) ?? (worker.answers?.registered ? [...worker.answers.registered] : null),
    revoked: readNames(revoked),
    conf: toPlainJson(conf),
  };
}

async function viewHeld(
  { active, reserved, scheduled }: WorkerInterview,
  worker: StoredWorker,
  { store, redact }: Pick<WorkerDetailContext, "store" | "redact">,
): Promise<WorkerDetail["held"]> {
  const [running, waiting, later] = await Promise.all([
    viewHeldTasks(store, active, "active"),
    viewHeldTasks(store, reserved, "reserved"),
    viewHeldTasks(store, scheduled, "scheduled"),
  ]);
  if (running !== null && waiting !== null && later !== null) {
    return { active: running, reserved: waiting, scheduled: later };
  }
  const told = await listHeldFromEvents(store, worker.hostname, redact);
  return {
    active: running ?? told.active,
    reserved: waiting ?? told.reserved,
    scheduled: later ?? told.scheduled,
  };
}

function readNames(value: WireValue): string[] | null {
  const plain: PlainJson = toPlainJson(value);
  return Array.isArray(plain) ? plain.filter((item) => typeof item === "string") : null;
}
