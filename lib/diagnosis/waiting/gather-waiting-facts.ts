import type { Broker } from "@/lib/broker/broker";
import type { TaskRecord } from "@/lib/celery/task-record";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import type { ResultTable } from "@/lib/results/results";
import { listHeldTasks } from "@/lib/store/held-tasks";
import { listQueues } from "@/lib/store/queues";
import { countSentBefore } from "@/lib/store/sent-before";
import type { Store } from "@/lib/store/store";
import { listTaskTypeQueues } from "@/lib/store/task-types";
import { getTask } from "@/lib/store/tasks";
import { listWorkers, type StoredWorker } from "@/lib/store/workers";
import { askHolders } from "../ask-holders";
import { getRunningSince, isRunning } from "../held-time";
import type { RunningTask, WaitingFacts } from "./waiting-facts";

const MAX_HELD = 2_000;
/** An older look tells of another time. */
const FRESH_MS = 30_000;

/** Where to look; `results` is null when no result table is configured. */
export interface WaitingSources {
  readonly store: Store;
  readonly results: ResultTable | null;
  readonly broker: Broker;
}

/** What bears on why the task waits at `now` (epoch ms); null when nothing is known of it. Asks the worker that has it, if any. */
export async function gatherWaitingFacts(
  { store, results, broker }: WaitingSources,
  id: string,
  now: number,
): Promise<WaitingFacts | null> {
  const [record, row] = await Promise.all([getTask(store, id), results?.get(id) ?? null]);
  const state = row?.status ?? record?.state;
  if (state === undefined) return null;
  const name = row?.name ?? record?.name ?? null;
  // A row is written when the task begins or ends: that no worker has it yet only events tell.
  const shownState = record !== null && state === "PENDING" ? record.state : state;
  const workers = await listWorkers(store);
  const isHeld = shownState === "RECEIVED" && record?.worker != null;
  const holder = isHeld ? (workers.find(({ hostname }) => hostname === record.worker) ?? null) : null;
  return {
    ...{ now, name, state: shownState, eta: record?.eta ?? null, holder },
    running: holder === null ? [] : await listRunning(store, broker, holder),
    queue: isHeld ? null : await describeQueue(store, { name, record, workers, now }),
  };
}

/** What runs in a worker: by its own answer, or else by events. */
async function listRunning(store: Store, broker: Broker, holder: StoredWorker): Promise<RunningTask[]> {
  const { hostname } = holder;
  // A broker that is away can't be asked; what events told still helps.
  const answers = isWorkerOnline(holder) ? await askHolders(broker, [holder]).catch(() => null) : null;
  const running = answers?.get(hostname)?.running;
  if (running !== undefined) {
    return running.map(({ id, task, startedAt }) => ({ id, name: task, since: startedAt }));
  }
  const { tasks } = await listHeldTasks(store, MAX_HELD);
  return tasks
    .filter((task) => task.worker === hostname && isRunning(task))
    .map((task) => ({ id: task.id, name: task.name, since: getRunningSince(task) }));
}

interface QueuedTask {
  readonly name: string | null;
  readonly record: TaskRecord | null;
  readonly workers: readonly StoredWorker[];
  readonly now: number;
}

/** Where the task went, or else where tasks of its name last did; null when neither is known. */
async function describeQueue(
  store: Store,
  { name, record, workers, now }: QueuedTask,
): Promise<WaitingFacts["queue"]> {
  const queueName =
    record?.queue ?? (name === null ? undefined : (await listTaskTypeQueues(store, [name])).get(name));
  if (queueName === undefined) return null;
  const online = workers.filter(isWorkerOnline);
  const sample = (await listQueues(store)).find((queue) => queue.name === queueName);
  const sentAt = record?.sentAt ?? null;
  return {
    name: queueName,
    sample: sample !== undefined && now - sample.sampledAt < FRESH_MS ? sample : null,
    consumers: online.filter(({ answers }) => answers?.queues?.includes(queueName)),
    areAllKnown: online.every(({ answers }) => answers?.queues != null),
    sentBefore: sentAt === null ? null : await countSentBefore(store, queueName, sentAt),
  };
}
