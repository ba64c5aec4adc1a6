import type { ArgsClass } from "@/lib/celery/args-class";
import type { ArgsSource } from "@/lib/celery/args-source";
import type { TakenTask } from "@/lib/celery/find-gone-worker";
import { isFinalState, type TaskState } from "@/lib/celery/task-state";
import { holdsTypedValue } from "@/lib/celery/typed-value";
import type { WireArray, WireObject } from "@/lib/celery/wire-value";
import { toMs } from "@/lib/history/join-task";
import type { BlockReason } from "./block-reason";
import { chooseQueue, type QueueChoice, type QueueKnowledge } from "./choose-queue";
import { readTaskArgs, type TaskArgs } from "./read-task-args";
import { fingerprintOf, stateOf, type TaskEvidence } from "./task-evidence";

/** States in which the task waits, in a queue or in a worker's reserve, or has been given back. */
const NOT_BEGUN: readonly TaskState[] = ["PENDING", "RECEIVED", "RETRY", "REJECTED", "CANCELLED"];

/** What a plan knows beyond the task itself. */
export interface PlanContext {
  readonly queues: QueueKnowledge;
  /** A person agreed that Decimal, UUID and the like are sent as kombu's typed values. */
  readonly confirmTyped: boolean;
  /** Every online worker is known to read typed values. */
  readonly readsTypedValues: boolean;
  readonly includeRedispatched: boolean;
  /** A person agreed that tasks that were lost with their worker are sent, although the broker may deliver them as well. */
  readonly includeLost: boolean;
  /** Whether the worker that took a task is gone for sure. */
  readonly hasLost: (task: TakenTask) => boolean;
  /** Whether the workers of a queue take JSON, as far as they have said. */
  readonly acceptsJson: (queue: string) => boolean;
  /** Tasks that were sent again already, or are going to be by a batch that is under way. */
  readonly isRedispatched: (id: string) => boolean;
}

/** What would happen to one task. `reason` is null when it is ready; then `name`, `choice` and `call` are there. */
export interface TaskPlan {
  readonly id: string;
  readonly name: string | null;
  readonly choice: QueueChoice | null;
  readonly fingerprint: string | null;
  readonly argsClass: ArgsClass;
  /** Where the args were read; null is "nowhere". */
  readonly argsFrom: ArgsSource | null;
  /** The args and kwargs to be sent, or null where they can't be rebuilt. */
  readonly call: { readonly args: WireArray; readonly kwargs: WireObject } | null;
  readonly reason: BlockReason | null;
}

/** Plans one task: ready, or blocked with the first reason that holds. Guesses nothing. */
export function planTask(evidence: TaskEvidence, context: PlanContext): TaskPlan {
  const name = evidence.row?.name ?? evidence.record?.name ?? nameOf(evidence);
  const choice = name === null ? null : chooseQueue(routedTask(name, evidence), context.queues);
  const taskArgs = readTaskArgs(evidence);
  return {
    id: evidence.id,
    name,
    choice,
    fingerprint: fingerprintOf(evidence),
    ...taskArgs,
    reason: blockReason(evidence, choice, taskArgs, context),
  };
}

/** What the sources of exact args call it: they know the task by its id alone. */
function nameOf({ exact = [] }: TaskEvidence): string | null {
  return exact.find(({ name }) => name !== null)?.name ?? null;
}

function routedTask(name: string, { row, record }: TaskEvidence) {
  return { name, queue: record?.queue ?? null, worker: row?.worker ?? record?.worker ?? null };
}

function blockReason(
  evidence: TaskEvidence,
  choice: QueueChoice | null,
  taskArgs: TaskArgs,
  context: PlanContext,
): BlockReason | null {
  const state = stateOf(evidence);
  if (state === null) return "gone";
  if (!isFinalState(state)) {
    if (!isLost(evidence, context)) return "not-finished";
    if (!context.includeLost) return "lost-with-worker";
  }
  if (choice === null) return "no-name";
  if (!context.includeRedispatched && context.isRedispatched(evidence.id)) return "already-redispatched";
  if (!context.acceptsJson(choice.queue)) return "unknown-serializer";
  return argsReason(taskArgs, context);
}

/**
 * Whether the task had begun and will not end, because its worker is gone. One that had not begun is not lost: the broker
 * still holds it and delivers it again by itself (docs/decisions/0009-lost-tasks-need-consent.md).
 */
function isLost({ row, record }: TaskEvidence, { hasLost }: PlanContext): boolean {
  const hasBegun = (state: TaskState | undefined) =>
    state === undefined || !(isFinalState(state) || NOT_BEGUN.includes(state));
  if (!hasBegun(row?.status) || !hasBegun(record?.state)) return false;
  if (record !== null) return hasLost(record);
  return row?.startedAt != null && hasLost({ worker: row.worker, ...takenAt(toMs(row.startedAt)) });
}

function takenAt(at: number) {
  return { receivedAt: null, startedAt: at, stateAt: at };
}

function argsReason({ argsClass, call }: TaskArgs, context: PlanContext): BlockReason | null {
  if (argsClass === "unknown") return "unknown-args";
  if (argsClass === "lossy") return "lossy-args";
  if (argsClass === "typed" && !(context.confirmTyped && context.readsTypedValues)) return "typed-args";
  // Kombu's own typed values need no consent, but workers that turn them back: older ones would see plain objects.
  const isForNewWorkers = argsClass === "exact" && !context.readsTypedValues && call !== null;
  if (isForNewWorkers && (holdsTypedValue(call.args) || holdsTypedValue(call.kwargs))) return "typed-args";
  return null;
}
