import { listAwaitingDispatch, listRedispatches } from "@/lib/store/redispatch-links";
import { listTaskTypeQueues } from "@/lib/store/task-types";
import { addExactArgs } from "./add-exact-args";
import type { ClusterKnowledge } from "./cluster-knowledge";
import { type PlanContext, planTask, type TaskPlan } from "./plan-task";
import type { RedispatchSettings } from "./redispatch-settings";
import { type EvidenceSources, readEvidence, type TaskEvidence } from "./task-evidence";

/** What a person asked for, and what is known of the cluster. */
export interface PlanChoices {
  readonly queue: string | null;
  readonly confirmTyped: boolean;
  readonly includeRedispatched: boolean;
  readonly cluster: ClusterKnowledge;
  readonly settings: RedispatchSettings;
}

/** A task, what is known of it and what would happen to it. */
export interface PlannedTask {
  readonly plan: TaskPlan;
  readonly evidence: TaskEvidence;
  /** The newest new id that it has been given, "" for none. */
  readonly after: string;
}

/** Plans at most 1,000 tasks in the given order. */
export async function planChunk(
  sources: EvidenceSources,
  ids: readonly string[],
  choices: PlanChoices,
): Promise<readonly PlannedTask[]> {
  const { store } = sources;
  const [evidence, links, awaiting] = await Promise.all([
    readEvidence(sources, ids).then((tasks) => addExactArgs(sources, tasks, "skip")),
    listRedispatches(store, ids),
    listAwaitingDispatch(store, ids),
  ]);
  const context = createPlanContext(choices, {
    typeQueues: await listTaskTypeQueues(store, namesOf(evidence)),
    isRedispatched: (id) => links.has(id) || awaiting.has(id),
  });
  return evidence.map((task) => ({
    plan: planTask(task, context),
    evidence: task,
    after: links.get(task.id)?.[0]?.newId ?? "",
  }));
}

function createPlanContext(
  { queue, confirmTyped, includeRedispatched, cluster, settings }: PlanChoices,
  known: {
    readonly typeQueues: ReadonlyMap<string, string>;
    readonly isRedispatched: (id: string) => boolean;
  },
): PlanContext {
  return {
    queues: {
      operatorQueue: queue,
      typeQueues: known.typeQueues,
      workerQueues: cluster.workerQueues,
      routes: Object.entries(settings.routes),
      defaultQueue: settings.defaultQueue,
    },
    confirmTyped,
    includeRedispatched,
    readsTypedValues: cluster.readsTypedValues,
    acceptsJson: cluster.acceptsJson,
    isRedispatched: known.isRedispatched,
  };
}

function namesOf(evidence: readonly TaskEvidence[]): string[] {
  const names = evidence.flatMap(({ row, record }) => row?.name ?? record?.name ?? []);
  return [...new Set(names)];
}
