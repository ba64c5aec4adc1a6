import { formatCounted } from "@/lib/format/count";
import { formatWholeDuration } from "@/lib/format/duration";
import type { HeldTask } from "@/lib/store/held-tasks";
import type { StoredQueue } from "@/lib/store/queues";
import type { StoredWorkerMark } from "@/lib/store/worker-mark";
import type { StoredWorker } from "@/lib/store/workers";
import type { ClusterFacts } from "./cluster-facts";

/** Twice without a mailbox is no coincidence. */
const ROUNDS_WITHOUT_MAILBOX = 2;
/** An answer may come too late for reasons of its own. */
const ROUNDS_UNANSWERED = 3;
/** What a frozen worker had taken before it still works off. */
const LEAST_IDLE_MS = 15_000;
/** A worker with a free slot takes what waits at once; a message this old was left. */
const LEFT_SECONDS = 60;
const FRESH_MS = 10_000;

const REMEDY = "Restart it: a worker that has stopped listening does not begin again by itself.";

/**
 * The mark of a worker that is deaf although its heartbeats arrive (celery-wire.md C.7, K): it lost its mailbox or answers no
 * more, or it takes nothing of a queue that waits for it; in either case it has begun no task since. Null when it is neither.
 */
export function findFrozen(worker: StoredWorker, facts: ClusterFacts): StoredWorkerMark | null {
  const detail = describeDeaf(worker, facts) ?? describeIdle(worker, facts);
  return detail === null ? null : { mark: "frozen", detail, remedy: REMEDY };
}

function describeDeaf(worker: StoredWorker, { now, unanswered }: ClusterFacts): string | null {
  const missing = unanswered(worker.hostname);
  if (missing === null || now - worker.progressAt < LEAST_IDLE_MS) return null;
  const silence = formatWholeDuration((now - missing.since) / 1000);
  if (missing.roundsWithoutMailbox >= ROUNDS_WITHOUT_MAILBOX) {
    return `Its heartbeats arrive, but it listens to no remote control any more, for ${silence}, and has begun no task since.`;
  }
  // A solo worker answers between its tasks only (celery-wire.md C.4).
  if (worker.answers?.pool === "solo" || missing.rounds < ROUNDS_UNANSWERED) return null;
  const questions = formatCounted(missing.rounds, "question");
  return `Its heartbeats arrive, but it has answered none of the last ${questions}, for ${silence}, and has begun no task since.`;
}

function describeIdle(worker: StoredWorker, facts: ClusterFacts): string | null {
  const { active, answers } = worker;
  const concurrency = answers?.concurrency ?? null;
  const idleMs = facts.now - worker.progressAt;
  if (active === null || concurrency === null || active >= concurrency) return null;
  if (idleMs < LEFT_SECONDS * 1000 || mayBeRateLimited(worker, facts.held)) return null;
  const left = facts.queues.find((queue) => isLeft(queue, worker, facts));
  if (left === undefined) return null;
  const idle = formatWholeDuration(idleMs / 1000);
  const waiting = `${formatCounted(left.depth, "message")} ${left.depth === 1 ? "waits" : "wait"} in ${left.name}`;
  return `${waiting}, the oldest for ${formatWholeDuration(left.oldestWaitingSeconds ?? 0)}, and it has ${formatCounted(concurrency - active, "free slot")}, but has begun no task for ${idle}.`;
}

/** Whether messages of a queue that the worker consumes were left lying. */
function isLeft(queue: StoredQueue, worker: StoredWorker, { now, workers }: ClusterFacts): boolean {
  if (!worker.answers?.queues?.includes(queue.name) || now - queue.sampledAt > FRESH_MS) return false;
  if (queue.depth === 0 || (queue.oldestWaitingSeconds ?? 0) < LEFT_SECONDS) return false;
  // RabbitMQ may serve one consumer alone (x-single-active-consumer, consumer priorities).
  if (queue.source === "redis") return true;
  return !workers.some(
    (other) => other.answers?.queues?.includes(queue.name) && now - other.progressAt < LEFT_SECONDS * 1000,
  );
}

/** Tasks that wait for their rate limit fill the worker's prefetch, and it rightly takes no others. */
function mayBeRateLimited({ hostname, answers }: StoredWorker, held: readonly HeldTask[]): boolean {
  const limits = answers?.limits ?? {};
  const isLimited = (name: string | null) => name !== null && (limits[name]?.rateLimit ?? null) !== null;
  if (answers?.taskEvents !== true) return Object.keys(limits).some(isLimited);
  return held.some((task) => task.worker === hostname && isLimited(task.name));
}
