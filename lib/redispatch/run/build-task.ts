import { hostname } from "node:os";
import type { OutgoingTask } from "@/lib/broker/broker";
import { writeArgsRepr, writeKwargsRepr } from "@/lib/celery/literal/write-args-repr";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import type { WireArray, WireObject } from "@/lib/celery/wire-value";

/** One task of a batch, ready to be sent. */
export interface TaskToBuild {
  readonly newId: string;
  readonly originalId: string;
  readonly name: string;
  readonly queue: string;
  readonly args: WireArray;
  readonly kwargs: WireObject;
  /** Who started the batch. */
  readonly actor: string;
  /** 0 to 9, or null for Celery's default. */
  readonly priority: number | null;
  /** Epoch ms before which no worker starts it, or null. */
  readonly etaMs: number | null;
}

const ORIGIN = `celeriac@${hostname()}`.slice(0, 255);

/**
 * The message of a re-dispatched task by celery-wire.md J.2: a new id, no callbacks, no chord, retries 0, and headers
 * that say where it came from. Throws a TypeError that names the field when no valid message can be made.
 */
export function buildTask(task: TaskToBuild): OutgoingTask {
  const message = createTaskMessage({
    id: task.newId,
    task: task.name,
    args: task.args,
    kwargs: task.kwargs,
    // Uncut, or null where the text could not be read back exactly: the new row must not be lossy (E.3).
    argsRepr: writeArgsRepr(task.args),
    kwargsRepr: writeKwargsRepr(task.kwargs),
    origin: ORIGIN,
    ...(task.priority === null ? {} : { priority: task.priority }),
    eta: task.etaMs === null ? null : new Date(task.etaMs),
    headers: { redispatched_from: task.originalId, redispatched_by: task.actor },
  });
  return { queue: task.queue, message };
}
