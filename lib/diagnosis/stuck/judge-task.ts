import { findGoneWorker, type GoneWorker } from "@/lib/celery/find-gone-worker";
import { formatWholeDuration } from "@/lib/format/duration";
import type { HeldTask } from "@/lib/store/held-tasks";
import type { StoredWorker } from "@/lib/store/workers";
import { getReservedSince, getRunningSince, isRunning, tellItsTime } from "../held-time";
import { getTimeLimit } from "./get-time-limit";
import type { StuckFacts, StuckTask } from "./stuck-task";

/** Fewer runs tell nothing of what is usual. */
const LEAST_RUNS = 30;
/** One run in a hundred is longer than the p99, and on a busy cluster there is always one: half as long again is not usual. */
const TOLERANCE = 1.5;
/** Nobody waits for a task that has run for less. */
const LEAST_SECONDS = 10;
/** Limits are enforced a moment later. */
const LIMIT_GRACE_SECONDS = 5;

type Verdict = Pick<StuckTask, "reason" | "detail" | "since" | "remedy"> & { readonly now: number };

/** Why a task that a worker holds is stuck, by its events: the gravest reason; null when it is not. Pure. */
export function judgeTask(task: HeldTask, facts: StuckFacts): StuckTask | null {
  const worker = task.worker === null ? undefined : facts.workers.get(task.worker);
  const gone = findGoneWorker(task, worker, facts.now);
  const itsNow = tellItsTime(worker, facts.now);
  const verdict =
    gone !== null
      ? judgeLost(task, gone, facts)
      : ((isRunning(task)
          ? (judgeLimit(task, worker, itsNow) ?? judgeRuntime(task, facts, itsNow))
          : judgeReserved(task, worker, facts.seconds, itsNow)) ?? judgeDeliveries(task, itsNow));
  if (verdict === null) return null;
  const { id, name, queue } = task;
  const { now, ...rest } = verdict;
  const forSeconds = rest.since === null ? null : Math.max(0, (now - rest.since) / 1000);
  return { id, name, worker: task.worker, queue, forSeconds, ...rest };
}

function judgeLost(task: HeldTask, gone: GoneWorker, facts: StuckFacts): Verdict {
  const ran = isRunning(task);
  return {
    reason: "worker-gone",
    detail: `${describeGone(gone, ran)} ${describeReturn(ran, facts.visibilityTimeoutSeconds)}`,
    since: gone.at ?? (ran ? getRunningSince(task) : task.stateAt),
    now: facts.now,
    remedy: ran ? "redispatch" : "revoke",
  };
}

function describeGone({ how }: GoneWorker, ran: boolean): string {
  const held = ran ? "while it ran" : "before it began";
  if (how === "died") return `Its worker went away without a word ${held}.`;
  if (how === "left") return `Its worker shut down ${held}, and its end was not heard.`;
  if (how === "restarted") return `Its worker was replaced by another process ${held}.`;
  return `Nothing has been heard of its worker for days; the task ${ran ? "was running" : "had not begun"}.`;
}

/**
 * Whether the task comes back by itself. One that had begun is acknowledged already, and lost, unless it has acks_late, which no
 * event tells (celery-wire.md K); one that had not begun is the broker's still.
 */
function describeReturn(ran: boolean, visibilityTimeoutSeconds: number | null): string {
  const when =
    visibilityTimeoutSeconds === null
      ? "has given it back to its queue"
      : `gives it to another worker ${formatWholeDuration(visibilityTimeoutSeconds)} after it was delivered`;
  return ran
    ? `It is lost, unless it has acks_late: then the broker ${when}, and sent again it would run twice.`
    : `It is not lost: the broker ${when}. Revoke it if it must not run then.`;
}

function judgeLimit(task: HeldTask, worker: StoredWorker | undefined, itsNow: number): Verdict | null {
  const limit = getTimeLimit(task.name, worker?.answers ?? null);
  const since = getRunningSince(task);
  const ranSeconds = (itsNow - since) / 1000;
  if (limit === null || ranSeconds <= limit.seconds + LIMIT_GRACE_SECONDS) return null;
  const ran = `Running for ${formatWholeDuration(ranSeconds)}; its ${limit.kind} time limit is ${formatWholeDuration(limit.seconds)}`;
  const pool = worker?.answers?.pool ?? null;
  const detail =
    pool === null || pool === "prefork" ? `${ran}.` : `${ran}, which the ${pool} pool does not enforce.`;
  return { reason: "over-time-limit", detail, since, now: itsNow, remedy: "terminate" };
}

function judgeRuntime(task: HeldTask, { usual }: StuckFacts, itsNow: number): Verdict | null {
  const known = task.name === null ? undefined : usual.get(task.name);
  if (known === undefined || known.runs < LEAST_RUNS) return null;
  const since = getRunningSince(task);
  const ranSeconds = (itsNow - since) / 1000;
  if (ranSeconds < LEAST_SECONDS || ranSeconds < known.p99 * TOLERANCE) return null;
  return {
    reason: "slower-than-usual",
    detail: `Running for ${formatWholeDuration(ranSeconds)}; 99 % of its kind end within ${formatWholeDuration(Math.ceil(known.p99))}.`,
    since,
    now: itsNow,
    remedy: "terminate",
  };
}

function judgeReserved(
  task: HeldTask,
  worker: StoredWorker | undefined,
  seconds: number,
  itsNow: number,
): Verdict | null {
  const since = getReservedSince(task, itsNow);
  if (since === null || itsNow - since <= seconds * 1000) return null;
  const rate = task.name === null ? null : (worker?.answers?.limits?.[task.name]?.rateLimit ?? null);
  const limited = rate === null ? "" : `; its rate limit is ${rate}`;
  const detail = `Reserved for ${formatWholeDuration((itsNow - since) / 1000)} and not begun${limited}.`;
  return { reason: "reserved-long", detail, since, now: itsNow, remedy: "revoke" };
}

/** A task that a worker took although another had not ended it, and that is no retry: it may run twice. */
function judgeDeliveries(task: HeldTask, itsNow: number): Verdict | null {
  const { attempts, retries } = task;
  const last = attempts.at(-1);
  const open = attempts.slice(0, -1).filter(({ endedAt }) => endedAt === null);
  // The end of a retried attempt may have been missed.
  if (last === undefined || open.length === 0 || attempts.length <= (retries ?? 0) + 1) return null;
  const holders = [...new Set(open.map(({ worker }) => worker ?? "a worker"))].join(", ");
  return {
    reason: "redelivered",
    detail: `Delivered ${attempts.length} times; ${holders} had it before and was not heard to end it.`,
    since: last.receivedAt,
    now: itsNow,
    remedy: isRunning(task) ? "terminate" : "revoke",
  };
}
