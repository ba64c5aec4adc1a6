import { arrayOf, booleanOf, integerOf, objectOf, textOf } from "../wire-fields";
import { isWireObject, type WireObject, type WireValue } from "../wire-value";
import { redactReply } from "./redact-reply";

/** The settings of a worker that matter here; null is "not said", which, without `with_defaults`, is Celery's default. */
export interface WorkerConf {
  readonly acceptContent: readonly string[] | null;
  readonly taskSerializer: string | null;
  readonly taskDefaultQueue: string | null;
  readonly taskSendSentEvent: boolean | null;
  readonly workerSendTaskEvents: boolean | null;
  readonly resultExtended: boolean | null;
  readonly timezone: string | null;
  readonly taskQueueMaxPriority: number | null;
  /** The queues that `task_queues` declares; null where there is no such setting. */
  readonly declaredQueues: readonly string[] | null;
  /** All settings, secrets masked. */
  readonly all: WireObject;
}

const NOTHING: WireObject = new Map();

/** Reads the reply to `conf`; whatever it lacks is null. Never throws. */
export function readConf(reply: WireValue): WorkerConf {
  const conf = objectOf(reply) ?? NOTHING;
  const all = redactReply(conf);
  return {
    acceptContent: readTexts(conf.get("accept_content")),
    taskSerializer: textOf(conf.get("task_serializer")),
    taskDefaultQueue: textOf(conf.get("task_default_queue")),
    taskSendSentEvent: booleanOf(conf.get("task_send_sent_event")),
    workerSendTaskEvents: booleanOf(conf.get("worker_send_task_events")),
    resultExtended: booleanOf(conf.get("result_extended")),
    timezone: textOf(conf.get("timezone")),
    taskQueueMaxPriority: integerOf(conf.get("task_queue_max_priority")),
    declaredQueues: readDeclaredQueues(conf.get("task_queues")),
    all: isWireObject(all) ? all : NOTHING,
  };
}

/** A list of queues, or an object of them by name. */
function readDeclaredQueues(value: WireValue | undefined): string[] | null {
  const byName = objectOf(value);
  if (byName !== null) return [...byName.keys()];
  return arrayOf(value)?.flatMap((queue) => textOf(objectOf(queue)?.get("name")) ?? []) ?? null;
}

/** All or nothing: a list that is only partly understood must not be taken for the whole. */
function readTexts(value: WireValue | undefined): string[] | null {
  const items = arrayOf(value);
  const texts = items?.flatMap((item) => textOf(item) ?? []) ?? null;
  return texts !== null && texts.length === items?.length ? texts : null;
}
