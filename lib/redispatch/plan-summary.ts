import type { BlockReason } from "./block-reason";
import type { QueueRule } from "./choose-queue";
import type { TaskPlan } from "./plan-task";
import { stateOf, type TaskEvidence } from "./task-evidence";

const MAX_EXAMPLES = 5;
const MAX_SAMPLE = 5;
/** Groups beyond these are counted, not told apart: a table may hold names by the thousand. */
const MAX_GROUPS = 1_000;

/** Ready tasks of one name that go to one queue. */
export interface NameGroup {
  readonly name: string;
  readonly queue: string;
  readonly rule: QueueRule;
  count: number;
}

/** Tasks that one reason blocks. */
export interface BlockedGroup {
  readonly reason: BlockReason;
  count: number;
  readonly exampleIds: string[];
}

/** What a plan comes to, counted while its tasks go by: its size doesn't grow with them. */
export class PlanSummary {
  total = 0;
  ready = 0;
  /** Ready tasks that had succeeded. */
  succeededBefore = 0;
  /** Ready tasks whose root is another task: part of a chain or chord, or called by a task. */
  inWorkflow = 0;
  /** Ready ones of names beyond the groups. */
  ungrouped = 0;
  readonly sample: TaskPlan[] = [];
  readonly #blocked = new Map<BlockReason, BlockedGroup>();
  readonly #names = new Map<string, NameGroup>();

  get blocked(): readonly BlockedGroup[] {
    return [...this.#blocked.values()].sort((a, b) => b.count - a.count);
  }

  get byName(): readonly NameGroup[] {
    return [...this.#names.values()].sort((a, b) => b.count - a.count);
  }

  /** Counts one planned task. */
  add(plan: TaskPlan, evidence: TaskEvidence): void {
    this.total += 1;
    if (plan.reason !== null) this.#addBlocked(plan.id, plan.reason);
    else this.#addReady(plan, evidence);
  }

  #addBlocked(id: string, reason: BlockReason): void {
    const group = this.#blocked.get(reason) ?? { reason, count: 0, exampleIds: [] };
    group.count += 1;
    if (group.exampleIds.length < MAX_EXAMPLES) group.exampleIds.push(id);
    this.#blocked.set(reason, group);
  }

  #addReady(plan: TaskPlan, evidence: TaskEvidence): void {
    this.ready += 1;
    if (stateOf(evidence) === "SUCCESS") this.succeededBefore += 1;
    if (isInWorkflow(evidence)) this.inWorkflow += 1;
    if (this.sample.length < MAX_SAMPLE) this.sample.push(plan);
    if (plan.name === null || plan.choice === null) return;
    const { queue, rule } = plan.choice;
    const key = JSON.stringify([plan.name, queue, rule]);
    const group = this.#names.get(key);
    if (group) group.count += 1;
    else if (this.#names.size < MAX_GROUPS) this.#names.set(key, { name: plan.name, queue, rule, count: 1 });
    else this.ungrouped += 1;
  }
}

/** As far as events tell: a retry sets the parent to the task itself, so only the root is looked at. */
function isInWorkflow({ id, record }: TaskEvidence): boolean {
  return record?.rootId != null && record.rootId !== id;
}
