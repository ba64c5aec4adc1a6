import type { ExactArgsSources } from "@/lib/history/find-exact-args";
import { listDispatches } from "@/lib/store/redispatch-links";
import { listTaskTypeQueues } from "@/lib/store/task-types";
import { addExactArgs } from "./add-exact-args";
import type { ClusterKnowledge } from "./cluster-knowledge";
import { type PlanContext, planTask, type TaskPlan } from "./plan-task";
import type { RedispatchSettings } from "./redispatch-settings";
import type { TaskEvidence } from "./task-evidence";

/** What a person asked for, and what is known of the cluster. */
export interface PlanChoices {
  readonly queue: string | null;
  readonly confirmTyped: boolean;
  readonly includeRedispatched: boolean;
  readonly includeLost: boolean;
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

/** Plans the tasks of one batch, chunk after chunk; what holds for all chunks is looked up once. */
export class Planner {
  readonly #sources: ExactArgsSources;
  readonly #context: Omit<PlanContext, "isRedispatched">;
  readonly #typeQueues = new Map<string, string>();
  readonly #seenNames = new Set<string>();

  constructor(sources: ExactArgsSources, { queue, cluster, settings, ...consents }: PlanChoices) {
    this.#sources = sources;
    this.#context = {
      ...consents,
      queues: {
        operatorQueue: queue,
        typeQueues: this.#typeQueues,
        workerQueues: cluster.workerQueues,
        routes: Object.entries(settings.routes),
        defaultQueue: settings.defaultQueue,
      },
      hasLost: cluster.hasLost,
      readsTypedValues: cluster.readsTypedValues,
      acceptsJson: cluster.acceptsJson,
    };
  }

  /** Plans at most 1,000 tasks, in their order. While a result backend is away it does without. */
  async plan(told: readonly TaskEvidence[]): Promise<readonly PlannedTask[]> {
    const [tasks, dispatches] = await Promise.all([
      addExactArgs(this.#sources, told, "skip"),
      listDispatches(
        this.#sources.store,
        told.map(({ id }) => id),
      ),
      this.#learnQueues(told),
    ]);
    const context = { ...this.#context, isRedispatched: (id: string) => dispatches.has(id) };
    return tasks.map((evidence) => ({
      plan: planTask(evidence, context),
      evidence,
      after: dispatches.get(evidence.id) ?? "",
    }));
  }

  async #learnQueues(tasks: readonly TaskEvidence[]): Promise<void> {
    const names = new Set<string>();
    for (const { row, record } of tasks) {
      const name = row?.name ?? record?.name ?? null;
      if (name !== null && !this.#seenNames.has(name)) names.add(name);
    }
    if (names.size === 0) return;
    for (const name of names) this.#seenNames.add(name);
    for (const [name, queue] of await listTaskTypeQueues(this.#sources.store, [...names])) {
      this.#typeQueues.set(name, queue);
    }
  }
}
