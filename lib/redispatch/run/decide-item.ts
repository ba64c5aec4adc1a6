import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { isWireArray, isWireObject } from "@/lib/celery/wire-value";
import type { WaitingItem } from "@/lib/store/batch-items";
import { ARGS_REASONS } from "../block-reason";
import type { ClusterKnowledge } from "../cluster-knowledge";
import { type PlanContext, planTask, type TaskPlan } from "../plan-task";
import { fingerprintOf, stateOf, type TaskEvidence } from "../task-evidence";

/** What becomes of an item now that its turn has come: its args and kwargs, or why it isn't sent. */
export type ItemDecision =
  | { readonly send: true; readonly name: string; readonly call: NonNullable<TaskPlan["call"]> }
  | { readonly send: false; readonly reason: string };

/**
 * Looks at the task once more, as it is now: one that has changed since the preview isn't sent. Whether another batch
 * sent it meanwhile is decided later, by the claim.
 */
export function decideItem(
  item: WaitingItem,
  evidence: TaskEvidence,
  choices: { readonly confirmTyped: boolean; readonly cluster: ClusterKnowledge },
): ItemDecision {
  if (stateOf(evidence) === null) return { send: false, reason: "gone" };
  if (fingerprintOf(evidence) !== item.fingerprint) return { send: false, reason: "changed" };
  const plan = planTask(evidence, createContext(item, choices));
  const supplied = readSuppliedArgs(item);
  if (plan.reason !== null && !(supplied && ARGS_REASONS.includes(plan.reason))) {
    return { send: false, reason: plan.reason };
  }
  const call = supplied ?? plan.call;
  if (plan.name === null || call === null) return { send: false, reason: "lossy-args" };
  return { send: true, name: plan.name, call };
}

function createContext(
  item: WaitingItem,
  { confirmTyped, cluster }: { readonly confirmTyped: boolean; readonly cluster: ClusterKnowledge },
): PlanContext {
  return {
    // The queue was chosen by the plan and is not chosen again.
    queues: {
      operatorQueue: item.queue,
      typeQueues: new Map(),
      workerQueues: new Map(),
      routes: [],
      defaultQueue: "",
    },
    confirmTyped,
    readsTypedValues: cluster.readsTypedValues,
    acceptsJson: cluster.acceptsJson,
    includeRedispatched: true,
    isRedispatched: () => false,
  };
}

/** The args and kwargs that a person supplied; they were checked when the batch was started. */
function readSuppliedArgs(item: WaitingItem): TaskPlan["call"] {
  if (item.args === null || item.kwargs === null) return null;
  const args = parseWireJson(item.args);
  const kwargs = parseWireJson(item.kwargs);
  if (!args.ok || !kwargs.ok || !isWireArray(args.value) || !isWireObject(kwargs.value)) return null;
  return { args: args.value, kwargs: kwargs.value };
}
