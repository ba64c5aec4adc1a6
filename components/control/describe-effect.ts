import type { WorkerCommand, WorkerCommandBody } from "@/lib/api/schemas/control";
import { formatCounted } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";

type Describe<Command extends WorkerCommand> = (who: string, body: WorkerCommandBody<Command>) => string;

/** What a command does, in plain words; `who` is a worker's name, or "Each". */
export function describeEffect<Command extends WorkerCommand>(
  who: string,
  command: Command,
  body: WorkerCommandBody<Command>,
): string {
  const describe: Describe<Command> = EFFECTS[command];
  return describe(who, body);
}

/** Whether the effect of a command ends with the worker's process. */
export function isLostOnRestart(command: WorkerCommand): boolean {
  return !["ping", "report", "shutdown", "pool-restart"].includes(command);
}

const EFFECTS: { [Command in WorkerCommand]: Describe<Command> } = {
  ping: (who) => `${who} answers, if it listens.`,
  report: (who) => `${who} says what it is made of.`,
  shutdown: (who) =>
    `${who} takes no more tasks, finishes those that run and ends. What waits in it goes back to its queue.`,
  "pool-grow": (who, { n }) => `${who} will take ${formatCounted(n, "more task", "more tasks")} at once.`,
  "pool-shrink": (who, { n }) => `${who} will take ${formatCounted(n, "fewer task", "fewer tasks")} at once.`,
  "pool-restart": (who) => `${who} replaces all of its processes by new ones.`,
  autoscale: (who, { min, max }) =>
    `${who} will run between ${min} and ${formatCounted(max, "process", "processes")}, as its load asks.`,
  "add-consumer": (who, { queue }) => `${who} will also take tasks from ${queue}.`,
  "cancel-consumer": (who, { queue }) =>
    `${who} will take no more tasks from ${queue}. Those that it has taken it finishes.`,
  "rate-limit": (who, { name, rate }) => {
    const limit = describeRate(rate);
    return limit === null
      ? `${who} will start ${name} as fast as it can.`
      : `${who} will start ${name} at most ${limit}. More of them wait in it.`;
  },
  "time-limit": (who, { name, soft, hard }) => {
    const parts = [
      ...(soft === null ? [] : [`get SoftTimeLimitExceeded after ${formatDuration(soft)}`]),
      ...(hard === null ? [] : [`are killed after ${formatDuration(hard)}`]),
    ];
    return parts.length === 0
      ? `In ${who}, ${name} tasks have no time limits but the pool's, ${SOON}.`
      : `In ${who}, ${name} tasks ${parts.join(" and ")}, ${SOON}.`;
  },
  "enable-events": (who) => `${who} will tell each step of its tasks, so that they are seen here.`,
  "disable-events": (who) => `${who} will tell no more of its tasks: what they do is not seen here.`,
};

/** Celery takes new time limits over no sooner (docs/celery-versions.md). */
const SOON = "once its pool has restarted or it has lost and found the broker";

const UNITS: Record<string, string> = { s: "a second", m: "a minute", h: "an hour" };

/** `10/m` as "10 times a minute"; null for 0, which takes a limit away. */
export function describeRate(rate: string | number): string | null {
  const [number = "", unit = "s"] = String(rate).split("/");
  if (Number(number) === 0) return null;
  return `${formatTimes(Number(number))} ${UNITS[unit] ?? `a ${unit}`}`;
}

function formatTimes(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}
