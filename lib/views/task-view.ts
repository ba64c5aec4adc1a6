import type { Task, TaskCount, TaskDetail, TaskPage } from "@/lib/api/schemas/tasks";
import type { TaskAttempt } from "@/lib/celery/task-record";
import { toInstant } from "@/lib/format/to-instant";
import type { HistoryCount, HistoryPage, HistoryTask, HistoryTaskDetail } from "@/lib/history/task-history";

/** A page of tasks as the contract shows it. */
export function viewTaskPage(page: HistoryPage): TaskPage {
  return {
    items: page.tasks.map(viewTask),
    nextCursor: page.nextCursor,
    searchedBackTo: toInstant(page.searchedBackTo),
    sortedSince: toInstant(page.sortedSince),
    slow: page.slow,
  };
}

/** A count as the contract shows it. */
export function viewTaskCount({ count, exact, estimate, isCounting }: HistoryCount): TaskCount {
  return { count, exact, estimate: estimate ?? null, isCounting: isCounting ?? false };
}

/** A task with everything known of it as the contract shows it. */
export function viewTaskDetail(task: HistoryTaskDetail): TaskDetail {
  return {
    ...task,
    ...viewTask(task),
    attempts: task.attempts.map(viewAttempt),
    children: [...task.children],
    redispatches: task.redispatches.map((redispatch) => ({ ...redispatch, at: toInstant(redispatch.at) })),
    keptRows: task.keptRows.map((kept) => ({
      ...kept,
      at: toInstant(kept.at),
      writtenAt: toInstant(kept.writtenAt),
    })),
    sentAt: toInstant(task.sentAt),
    createdAt: toInstant(task.createdAt),
  };
}

function viewTask(task: HistoryTask): Task {
  return {
    id: task.id,
    name: task.name,
    state: task.state,
    worker: task.worker,
    queue: task.queue,
    args: task.args,
    kwargs: task.kwargs,
    retries: task.retries,
    receivedAt: toInstant(task.receivedAt),
    startedAt: toInstant(task.startedAt),
    finishedAt: toInstant(task.finishedAt),
    runtimeSeconds: task.runtimeSeconds,
    exception: task.exception,
    argsClass: task.argsClass,
    redispatchedAs: task.redispatchedAs,
  };
}

function viewAttempt(attempt: TaskAttempt): TaskDetail["attempts"][number] {
  return {
    ...attempt,
    receivedAt: toInstant(attempt.receivedAt),
    startedAt: toInstant(attempt.startedAt),
    endedAt: toInstant(attempt.endedAt),
  };
}
