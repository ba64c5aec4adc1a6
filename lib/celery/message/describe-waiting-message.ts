import { writeWireJson } from "../json/write-wire-json";
import type { WaitingMessage } from "../waiting-message";
import { isWireArray, isWireObject, type WireArray, type WireObject, type WireValue } from "../wire-value";
import type { DecodedTaskMessage } from "./decoded-task-message";

/** Up to here a worker can hand args to its pool; it was seen to die of 500 levels (docs/celery-versions.md). */
const DEEPEST_SAFE = 400;

/** What the broker says of a message, beside its contents. */
interface Delivery {
  readonly priority: number | null;
  readonly isRedelivered: boolean;
  /** Epoch ms, or null. */
  readonly sentAt: number | null;
  /** What a worker would die of before it reads the contents. */
  readonly deadlyDefects?: readonly string[];
}

/** Returns what a message that waits says of itself. */
export function describeWaitingMessage(task: DecodedTaskMessage, delivery: Delivery): WaitingMessage {
  const { priority, isRedelivered, sentAt } = delivery;
  const deadlyDefects = [...(delivery.deadlyDefects ?? []), ...listTooDeep(task)];
  const problems = [...deadlyDefects, ...task.problems];
  return {
    id: task.id,
    task: task.task,
    // The sender's own repr comes first: it may have been written to keep a secret out of sight (celery-wire.md A.1).
    args: task.argsRepr ?? writeValue(task.args),
    kwargs: task.kwargsRepr ?? writeValue(task.kwargs),
    priority,
    retries: task.retries,
    eta: task.eta,
    sentAt,
    isRedelivered,
    problem: problems.length === 0 ? null : problems.join("; "),
    isDeadly: deadlyDefects.length > 0 || task.isDeadly,
  };
}

/** A message of which nothing can be said but the problem. */
export function createUnreadMessage(problem: string, isDeadly: boolean): WaitingMessage {
  return {
    ...{
      id: null,
      task: null,
      args: null,
      kwargs: null,
      priority: null,
      retries: null,
      eta: null,
      sentAt: null,
    },
    ...{ isRedelivered: false, problem, isDeadly },
  };
}

function listTooDeep({ args, kwargs }: DecodedTaskMessage): string[] {
  const parts = Object.entries({ args, kwargs });
  const tooDeep = parts.filter(([, value]) => isDeeperThan(DEEPEST_SAFE, value));
  return tooDeep.map(([name]) => `${name}: nested deeper than ${DEEPEST_SAFE} levels`);
}

function isDeeperThan(levels: number, value: WireValue): boolean {
  const items = isWireArray(value) ? value : isWireObject(value) ? [...value.values()] : null;
  if (items === null) return false;
  return levels === 0 || items.some((item) => isDeeperThan(levels - 1, item));
}

function writeValue(value: WireArray | WireObject | null): string | null {
  return value === null ? null : writeWireJson(value);
}
