import { readActiveQueues } from "@/lib/celery/control/read-active-queues";
import { readConf } from "@/lib/celery/control/read-conf";
import {
  type RegisteredTask,
  readRegisteredTasks,
  TASK_INFO_ITEMS,
} from "@/lib/celery/control/read-registered-tasks";
import { readStats } from "@/lib/celery/control/read-stats";
import type { ControlMethod } from "@/lib/celery/control-message";
import type { WireValue } from "@/lib/celery/wire-value";
import type { TaskLimits, WorkerAnswers } from "@/lib/store/worker-answers";

/** Bounds on what is kept of what a worker says. */
const MAX_QUEUES = 500;
const MAX_TASKS = 10_000;

/** A remote-control request that every worker can be asked safely, and what its reply says. */
export interface WorkerQuestion {
  readonly method: ControlMethod;
  readonly arguments: Readonly<Record<string, WireValue>>;
  /** Null, or absent, where the worker did not say. */
  readonly read: (reply: WireValue) => Partial<WorkerAnswers>;
}

/** Makes a worker send task events; whether it did before or does so from now on, its reply says that it does. */
export const ENABLE_EVENTS: WorkerQuestion = {
  ...{ method: "enable_events", arguments: {} },
  read: () => ({ taskEvents: true }),
};

/** Short answers, which change. */
export const SHORT_QUESTIONS: readonly WorkerQuestion[] = [
  {
    ...{ method: "stats", arguments: {} },
    read: (reply) => {
      const { uptimeSeconds: _uptime, totals: _totals, ...answers } = readStats(reply);
      return answers;
    },
  },
  {
    ...{ method: "active_queues", arguments: {} },
    read: (reply) => ({ queues: readActiveQueues(reply)?.slice(0, MAX_QUEUES) }),
  },
];

/** Long answers, which a worker gives once and for all when it starts. */
export const LONG_QUESTIONS: readonly WorkerQuestion[] = [
  {
    ...{ method: "registered", arguments: { taskinfoitems: TASK_INFO_ITEMS } },
    read: (reply) => {
      const tasks = readRegisteredTasks(reply)?.slice(0, MAX_TASKS);
      return { registered: tasks?.map(({ name }) => name), limits: tasks && listLimits(tasks) };
    },
  },
  {
    ...{ method: "conf", arguments: { with_defaults: true } },
    read: (reply) => {
      const { acceptContent, workerSendTaskEvents } = readConf(reply);
      // With the option -E a worker sends them whatever its settings say.
      return { acceptContent, taskEvents: workerSendTaskEvents === true ? true : null };
    },
  },
];

/** Name → limits, for the tasks that have any: most have none. */
function listLimits(tasks: readonly RegisteredTask[]): Readonly<Record<string, TaskLimits>> {
  const limited = tasks.flatMap(({ name, ...limits }): [string, TaskLimits][] =>
    Object.values(limits).some((limit) => limit !== null) ? [[name, limits]] : [],
  );
  return Object.fromEntries(limited);
}
