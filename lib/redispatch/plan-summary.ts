import type { ErrorFingerprint } from "@/lib/celery/error/fingerprint-error";
import { hasNeverRun } from "@/lib/celery/never-ran";
import type { BlockReason } from "./block-reason";
import type { QueueRule } from "./choose-queue";
import type { TaskPlan } from "./plan-task";
import { ErrorReader } from "./read-task-error";
import { stateOf, type TaskEvidence } from "./task-evidence";

const MAX_EXAMPLES = 5;
const MAX_SAMPLE = 5;
/** Groups beyond these are counted, not told apart: a table may hold names by the thousand. */
const MAX_GROUPS = 1_000;

/** Tasks of one name that go to one queue, if they are ready. */
export interface NameGroup {
  readonly name: string;
  readonly queue: string;
  readonly rule: QueueRule;
  /** Of those that are ready. */
  count: number;
  blocked: number;
}

/** Tasks that go to one queue, those that are blocked included. */
export interface QueueGroup {
  readonly queue: string;
  count: number;
  ready: number;
}

/** Tasks that ended with one kind of error, those that are blocked included. */
export interface ErrorGroup extends ErrorFingerprint {
  count: number;
  ready: number;
  readonly exampleId: string;
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
  /** Tasks that no worker ever had, since a step before them failed. */
  neverRan = 0;
  /** Ready ones of names beyond the groups. */
  ungrouped = 0;
  /** Tasks with kinds of errors beyond the groups. */
  otherErrors = 0;
  readonly sample: TaskPlan[] = [];
  readonly #blocked = new Map<BlockReason, BlockedGroup>();
  readonly #names = new Map<string, NameGroup>();
  readonly #queues = new Map<string, QueueGroup>();
  readonly #errors = new Map<string, ErrorGroup>();
  readonly #reader = new ErrorReader();

  get blocked(): readonly BlockedGroup[] {
    return sorted(this.#blocked, ({ count }) => count);
  }

  get byName(): readonly NameGroup[] {
    return sorted(this.#names, ({ count, blocked }) => count + blocked);
  }

  get byQueue(): readonly QueueGroup[] {
    return sorted(this.#queues, ({ count }) => count);
  }

  get byError(): readonly ErrorGroup[] {
    return sorted(this.#errors, ({ count }) => count);
  }

  /** Counts one planned task. */
  add(plan: TaskPlan, evidence: TaskEvidence): void {
    const isReady = plan.reason === null;
    this.total += 1;
    this.#addToName(plan, isReady);
    this.#addToQueue(plan, isReady);
    this.#addToError(evidence, isReady);
    if (neverRan(evidence)) this.neverRan += 1;
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
  }

  #addToName({ name, choice }: TaskPlan, isReady: boolean): void {
    if (name === null || choice === null) return;
    const { queue, rule } = choice;
    const group = groupOf(this.#names, `${name}\0${queue}\0${rule}`, () => ({
      ...{ name, queue, rule },
      ...{ count: 0, blocked: 0 },
    }));
    if (group === null) this.ungrouped += isReady ? 1 : 0;
    else if (isReady) group.count += 1;
    else group.blocked += 1;
  }

  #addToQueue({ choice }: TaskPlan, isReady: boolean): void {
    if (choice === null) return;
    const { queue } = choice;
    const group = groupOf(this.#queues, queue, () => ({ queue, count: 0, ready: 0 }));
    if (group === null) return;
    group.count += 1;
    if (isReady) group.ready += 1;
  }

  #addToError(evidence: TaskEvidence, isReady: boolean): void {
    const error = this.#reader.read(evidence);
    if (error === null) return;
    const group = groupOf(this.#errors, error.fingerprint, () => ({
      ...error,
      ...{ count: 0, ready: 0, exampleId: evidence.id },
    }));
    if (group === null) {
      this.otherErrors += 1;
      return;
    }
    group.count += 1;
    if (isReady) group.ready += 1;
  }
}

/** The group of that key, made when there is none yet; null when there are too many groups. */
function groupOf<G>(groups: Map<string, G>, key: string, create: () => G): G | null {
  const known = groups.get(key);
  if (known !== undefined) return known;
  if (groups.size >= MAX_GROUPS) return null;
  const group = create();
  groups.set(key, group);
  return group;
}

function sorted<G>(groups: ReadonlyMap<string, G>, sizeOf: (group: G) => number): readonly G[] {
  return [...groups.values()].sort((a, b) => sizeOf(b) - sizeOf(a));
}

function neverRan({ row, record }: TaskEvidence): boolean {
  const worker = row?.worker ?? record?.worker ?? null;
  return row !== null && hasNeverRun({ state: row.status, worker, args: row.args });
}

/** As far as events tell: a retry sets the parent to the task itself, so only the root is looked at. */
function isInWorkflow({ id, record }: TaskEvidence): boolean {
  return record?.rootId != null && record.rootId !== id;
}
