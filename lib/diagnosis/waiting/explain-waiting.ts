import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { formatCount, formatCounted } from "@/lib/format/count";
import { formatWholeDuration } from "@/lib/format/duration";
import type { StoredWorker } from "@/lib/store/workers";
import { tellItsTime } from "../held-time";
import type { RunningTask, WaitingFacts } from "./waiting-facts";

/** Tasks and workers beyond these are only counted. */
const MAX_NAMED = 3;
/** States in which the task is in a queue, or in a worker's reserve. */
const WAITING_STATES = ["PENDING", "RECEIVED", "RETRY"];

/** One thing that a task waits for, in words. */
export interface WaitingReason {
  readonly reason:
    | "no-consumer"
    | "slots-busy"
    | "eta"
    | "rate-limited"
    | "reserved-behind"
    | "unregistered"
    | "worker-frozen"
    | "worker-gone"
    | "queued-behind";
  readonly detail: string;
}

/** Everything that a task waits for, what decides first; `[]` when that is nothing known, or it does not wait. Pure. */
export function explainWaiting(facts: WaitingFacts): WaitingReason[] {
  if (!WAITING_STATES.includes(facts.state)) return [];
  const eta = explainEta(facts);
  const { holder, queue } = facts;
  if (holder !== null) return eta.length > 0 ? eta : explainHolder(holder, facts);
  if (queue === null) return eta;
  return [...eta, ...explainQueue(queue, facts, eta.length > 0)];
}

function explainEta({ eta, holder, now }: WaitingFacts): WaitingReason[] {
  const at = eta === null ? Number.NaN : Date.parse(eta);
  const leftMs = at - tellItsTime(holder ?? undefined, now);
  if (!(leftMs > 0)) return [];
  const keeper = holder === null ? "" : ` ${holder.hostname} keeps it until then.`;
  return [
    {
      reason: "eta",
      detail: `It is not to begin before its eta, in ${formatWholeDuration(leftMs / 1000)}.${keeper}`,
    },
  ];
}

function explainHolder(holder: StoredWorker, { name, running, now }: WaitingFacts): WaitingReason[] {
  const { hostname, answers } = holder;
  if (!isWorkerOnline(holder)) {
    const detail = `${hostname} had taken it and went away. It is not lost: the broker delivers it again.`;
    return [{ reason: "worker-gone", detail }];
  }
  const reasons: WaitingReason[] = [];
  if (isFrozen(holder)) {
    reasons.push({
      reason: "worker-frozen",
      detail: `${hostname} has taken it and is frozen: restart that worker.`,
    });
  }
  const rate = name === null ? null : (answers?.limits?.[name]?.rateLimit ?? null);
  if (rate !== null) {
    reasons.push({ reason: "rate-limited", detail: `${hostname} begins at most ${rate} tasks of its kind.` });
  }
  if (running.length > 0 && running.length >= (answers?.concurrency ?? 1)) {
    const list = nameSome(running.map((task) => describeRunning(task, tellItsTime(holder, now))));
    reasons.push({ reason: "reserved-behind", detail: `${hostname} has taken it and is busy with ${list}.` });
  }
  return reasons;
}

function explainQueue(
  queue: NonNullable<WaitingFacts["queue"]>,
  { name }: WaitingFacts,
  isEarly: boolean,
): WaitingReason[] {
  const { consumers } = queue;
  if (consumers.length === 0) {
    const isKnown = queue.areAllKnown || queue.sample?.consumers === 0;
    const detail = `No worker that is online consumes its queue, ${queue.name}.`;
    return isKnown ? [{ reason: "no-consumer", detail }] : [];
  }
  const reasons: WaitingReason[] = [];
  const awake = consumers.filter((worker) => !isFrozen(worker));
  if (awake.length === 0) {
    const who = nameSome(consumers.map(({ hostname }) => hostname));
    reasons.push({
      reason: "worker-frozen",
      detail: `All workers of ${queue.name} are frozen: restart ${who}.`,
    });
  }
  if (name !== null && consumers.every(({ answers }) => answers?.registered?.includes(name) === false)) {
    const detail = `No worker of ${queue.name} has ${name} registered: the first to take it will fail it as NotRegistered.`;
    reasons.push({ reason: "unregistered", detail });
  }
  if (isEarly) return reasons;
  if (awake.length > 0 && awake.every(isFull)) {
    const slots = awake.reduce((sum, { answers }) => sum + (answers?.concurrency ?? 0), 0);
    const who = nameSome(awake.map(({ hostname }) => hostname));
    const all =
      slots === 1 ? "The only slot" : slots === 2 ? "Both slots" : `All ${formatCount(slots)} slots`;
    const detail = `${all} of ${who} ${slots === 1 ? "is" : "are"} busy.`;
    reasons.push({ reason: "slots-busy", detail });
  }
  return [...reasons, ...explainPlace(queue)];
}

function explainPlace({ name, sample, sentBefore }: NonNullable<WaitingFacts["queue"]>): WaitingReason[] {
  // The task is one of those that wait; the senders of the others may not tell when they were sent.
  const ahead = Math.min(sentBefore ?? 0, (sample?.depth ?? 0) - 1);
  if (sample === null || ahead <= 0) return [];
  const waiting = formatCounted(sample.depth, "message");
  return [
    {
      reason: "queued-behind",
      detail: `${formatCount(ahead)} of the ${waiting} in ${name} were sent before it.`,
    },
  ];
}

function describeRunning({ id, name, since }: RunningTask, itsNow: number): string {
  const what = `${name ?? "a task"} (${id})`;
  return since === null ? what : `${what}, running for ${formatWholeDuration((itsNow - since) / 1000)}`;
}

function nameSome(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  const named = names.slice(0, MAX_NAMED).join("; ");
  return more > 0 ? `${named}; and ${more} more` : named;
}

function isFrozen({ marks }: StoredWorker): boolean {
  return marks.some(({ mark }) => mark === "frozen");
}

function isFull({ active, answers }: StoredWorker): boolean {
  const concurrency = answers?.concurrency ?? null;
  return active !== null && concurrency !== null && active >= concurrency;
}
