import type { TaskRecord } from "@/lib/celery/task-record";

/** A task record of a succeeded task that ended at `finishedAt`, changed by `part`. */
export function makeTask(part: Partial<TaskRecord> & { id: string }): TaskRecord {
  return {
    name: "shop.tasks.send_mail",
    state: "SUCCESS",
    worker: "mail@box",
    queue: "mail",
    args: "('a',)",
    kwargs: "{}",
    result: "None",
    exception: null,
    traceback: null,
    retries: 0,
    eta: null,
    expires: null,
    rootId: part.id,
    parentId: null,
    sentAt: 1_795_000_000_000,
    receivedAt: 1_795_000_000_100,
    startedAt: 1_795_000_000_200,
    finishedAt: 1_795_000_001_000,
    runtimeSeconds: 0.8,
    stateAt: part.finishedAt ?? 1_795_000_001_000,
    clock: 42,
    attempts: [],
    ...part,
  };
}
