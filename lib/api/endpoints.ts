import type { Endpoint } from "./endpoint";
import { REDISPATCH_ENDPOINTS } from "./redispatch-endpoints";
import {
  actionListQuerySchema,
  actionPageSchema,
  commandAnswerSchema,
  revokeAnswerSchema,
  revokeByHeadersSchema,
  revokeSchema,
  WORKER_COMMANDS,
  type WorkerCommand,
} from "./schemas/control";
import { healthSchema } from "./schemas/health";
import { throughputQuerySchema, throughputSchema } from "./schemas/live";
import { numbersHistorySchema, numbersQuerySchema } from "./schemas/numbers";
import {
  purgedSchema,
  purgeSchema,
  queueHistoryQuerySchema,
  queueHistorySchema,
  queueMessagesQuerySchema,
  queueMessagesSchema,
  queuePageSchema,
  queueSchema,
} from "./schemas/queues";
import { loginSchema } from "./schemas/session";
import { settingListSchema } from "./schemas/settings";
import { storageSchema } from "./schemas/storage";
import { stuckPageSchema, stuckQuerySchema, waitingSchema } from "./schemas/stuck";
import { taskTypePageSchema, taskTypeQuerySchema } from "./schemas/task-types";
import {
  taskCountSchema,
  taskDetailSchema,
  taskFilterSchema,
  taskListQuerySchema,
  taskPageSchema,
} from "./schemas/tasks";
import {
  workerDetailSchema,
  workerHistoryQuerySchema,
  workerHistorySchema,
  workerPageSchema,
} from "./schemas/workers";

/** What each command to a worker does. */
const COMMAND_SUMMARIES: Readonly<Record<WorkerCommand, string>> = {
  ping: "Ask a worker for a sign of life",
  report: "Ask a worker what it is made of",
  shutdown: "End a worker once its running tasks have ended",
  "pool-grow": "Give a worker n more processes",
  "pool-shrink": "Take n processes from a worker",
  "pool-restart": "Replace a worker's processes by new ones",
  autoscale: "Set between how many processes a worker may have",
  "add-consumer": "Have a worker consume a queue, too",
  "cancel-consumer": "Have a worker consume a queue no more",
  "rate-limit": "Limit how often a worker starts tasks of a name",
  "time-limit": "Limit how long tasks of a name may run in a worker",
  "enable-events": "Have a worker send task events",
  "disable-events": "Have a worker send no more task events",
};

const COMMANDS: readonly Endpoint[] = Object.entries(WORKER_COMMANDS).map(([command, body]) => ({
  method: "post",
  path: `/workers/{hostname}/${command}`,
  // The keys are the commands, which Object.entries forgets.
  summary: COMMAND_SUMMARIES[command as WorkerCommand],
  body,
  answer: commandAnswerSchema,
}));

/** The whole contract, made of the schemas that the handlers parse with. */
export const ENDPOINTS: readonly Endpoint[] = [
  { method: "get", path: "/health", summary: "How everything is", answer: healthSchema },
  {
    method: "get",
    path: "/tasks",
    summary: "A page of tasks",
    query: taskListQuerySchema,
    answer: taskPageSchema,
  },
  {
    method: "get",
    path: "/tasks/count",
    summary: "How many match",
    query: taskFilterSchema,
    answer: taskCountSchema,
  },
  { method: "get", path: "/tasks/{id}", summary: "One task, uncut", answer: taskDetailSchema },
  {
    method: "post",
    path: "/tasks/{id}/revoke",
    summary: "Have all workers drop a task that has not ended, or end it where it runs",
    body: revokeSchema,
    answer: revokeAnswerSchema,
  },
  {
    method: "post",
    path: "/tasks/revoke-by-headers",
    summary: "Have all workers drop, or end, tasks that carry a stamp",
    body: revokeByHeadersSchema,
    answer: revokeAnswerSchema,
  },
  {
    method: "get",
    path: "/tasks/{id}/waiting",
    summary: "Why a task waits",
    answer: waitingSchema,
  },
  {
    method: "get",
    path: "/stuck",
    summary: "The tasks that are stuck, with the reason and what helps",
    query: stuckQuerySchema,
    answer: stuckPageSchema,
  },
  {
    method: "get",
    path: "/task-types",
    summary: "Task types, with their numbers of the last hour, day or week",
    query: taskTypeQuerySchema,
    answer: taskTypePageSchema,
  },
  { method: "get", path: "/queues", summary: "All queues now", answer: queuePageSchema },
  { method: "get", path: "/queues/{name}", summary: "One queue now", answer: queueSchema },
  {
    method: "get",
    path: "/queues/{name}/messages",
    summary: "A queue's first waiting messages, which stay",
    query: queueMessagesQuerySchema,
    answer: queueMessagesSchema,
  },
  {
    method: "post",
    path: "/queues/{name}/purge",
    summary: "Delete a queue's waiting messages, if there are as many as was seen",
    body: purgeSchema,
    answer: purgedSchema,
  },
  {
    method: "get",
    path: "/queues/{name}/history",
    summary: "A queue's depth over time",
    query: queueHistoryQuerySchema,
    answer: queueHistorySchema,
  },
  { method: "get", path: "/workers", summary: "All workers", answer: workerPageSchema },
  {
    method: "get",
    path: "/workers/{hostname}",
    summary: "One worker, asked now",
    answer: workerDetailSchema,
  },
  ...COMMANDS,
  {
    method: "get",
    path: "/actions",
    summary: "What was done to workers, tasks and queues, newest first",
    query: actionListQuerySchema,
    answer: actionPageSchema,
  },
  {
    method: "get",
    path: "/workers/{hostname}/history",
    summary: "A worker's memory and load over time",
    query: workerHistoryQuerySchema,
    answer: workerHistorySchema,
  },
  {
    method: "get",
    path: "/throughput",
    summary: "Ended tasks over time",
    query: throughputQuerySchema,
    answer: throughputSchema,
  },
  {
    method: "get",
    path: "/numbers",
    summary:
      "How often tasks of a type, queue or worker succeeded, failed and were retried, and how long they took, over time",
    query: numbersQuerySchema,
    answer: numbersHistorySchema,
  },
  {
    method: "get",
    path: "/storage",
    summary: "What the store keeps, how much room it takes, and since when",
    answer: storageSchema,
  },
  {
    method: "get",
    path: "/settings",
    summary: "The settings in force, secrets masked",
    answer: settingListSchema,
  },
  ...REDISPATCH_ENDPOINTS,
  { method: "get", path: "/stream", summary: "Change notices and figures, as server-sent events" },
  { method: "post", path: "/session", summary: "Log in", body: loginSchema, status: 204 },
  { method: "delete", path: "/session", summary: "Log out", status: 204 },
];
