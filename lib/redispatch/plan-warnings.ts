import type { RetryOutcomes } from "@/lib/store/retry-outcomes";
import { type QueueBacklog, writeBacklogWarnings } from "./backlog-warnings";
import type { ClusterKnowledge } from "./cluster-knowledge";
import { countTasks as tasks } from "./count-tasks";
import type { NameGroup, PlanSummary } from "./plan-summary";

/** Names or queues beyond these are only counted; a single one more is named. */
const MAX_NAMED = 3;
/** The share of failures that says something of the name rather than of single tasks. */
const WORTH_TELLING = 0.05;

/** What else a person should know before the batch is started. */
export interface PlanSurroundings {
  readonly cluster: ClusterKnowledge;
  /** Whether a collector is at work, and reaches the broker. */
  readonly collector: { readonly active: boolean; readonly brokerConnected: boolean };
  /** The queues as they are now, by name; those that nobody has looked at lately are absent. */
  readonly queues: ReadonlyMap<string, QueueBacklog>;
  /** Task name → how its tasks of earlier batches ended. */
  readonly outcomes: ReadonlyMap<string, RetryOutcomes>;
}

/** Says in plain words, with counts, what may go wrong with the tasks that are ready. */
export function writeWarnings(summary: PlanSummary, surroundings: PlanSurroundings): string[] {
  if (summary.ready === 0) return [];
  const { cluster, collector, queues, outcomes } = surroundings;
  const groups = summary.byName.filter(({ count }) => count > 0);
  return [
    ...collectorWarnings(collector),
    ...unregisteredWarnings(groups, cluster),
    ...unconsumedWarnings(groups, surroundings),
    ...writeBacklogWarnings(summary.byQueue, queues),
    ...failedAgainWarnings(groups, outcomes),
    ...defaultQueueWarnings(groups),
    ...lineageWarnings(summary),
    ...ungroupedWarnings(summary),
  ];
}

function collectorWarnings(collector: PlanSurroundings["collector"]): string[] {
  if (!collector.active) return ["No collector is running: the batch will wait until one is started."];
  if (!collector.brokerConnected) return ["The broker is away: the batch will wait until it is back."];
  return [];
}

function unregisteredWarnings(groups: readonly NameGroup[], cluster: ClusterKnowledge): string[] {
  if (cluster.onlineCount === 0) {
    return ["No worker is online: whether the tasks' names and queues are served can't be told."];
  }
  const { registeredNames } = cluster;
  if (registeredNames === null) return [];
  return listed(
    countBy(groups, (group) => (registeredNames.has(group.name) ? null : group.name)),
    (name, count) =>
      `${tasks(count)} named ${name}: no online worker registers that name; ` +
      "the first worker that gets one will destroy it as NotRegistered.",
    (names, count) => `${tasks(count)} of ${names} more names that no online worker registers.`,
  );
}

function unconsumedWarnings(
  groups: readonly NameGroup[],
  { cluster: { consumedQueues }, queues }: PlanSurroundings,
): string[] {
  // The broker's own count of consumers, where it has one, says it of queues of which no worker has told.
  const isUnconsumed = (queue: string) =>
    consumedQueues === null ? queues.get(queue)?.consumers === 0 : !consumedQueues.has(queue);
  return listed(
    countBy(groups, (group) => (isUnconsumed(group.queue) ? group.queue : null)),
    (queue, count) =>
      `${tasks(count)} ${go(count)} to the queue ${queue}, which no online worker consumes, and will wait in it.`,
    (queues, count) =>
      `${tasks(count)} ${go(count)} to ${queues} more queues that no online worker consumes.`,
  );
}

/** What failed again before, though perhaps for another reason, should not be sent by the hundred thousand at once. */
function failedAgainWarnings(
  groups: readonly NameGroup[],
  outcomes: ReadonlyMap<string, RetryOutcomes>,
): string[] {
  const failing = new Map<string, number>();
  for (const name of new Set(groups.map((group) => group.name))) {
    const { failed = 0, ended = 0 } = outcomes.get(name) ?? {};
    if (failed > 0 && failed >= ended * WORTH_TELLING) failing.set(name, failed);
  }
  return listed(
    failing,
    (name, failed) =>
      `Of the last ${tasks(outcomes.get(name)?.ended ?? 0)} named ${name} that were sent again, ` +
      `${failed.toLocaleString("en-US")} failed again: send a few first.`,
    (names, failed) => `Tasks of ${names} more names failed again after earlier retries: ${tasks(failed)}.`,
  );
}

function defaultQueueWarnings(groups: readonly NameGroup[]): string[] {
  const byDefault = countBy(groups, (group) => (group.rule === "default" ? group.queue : null));
  return [...byDefault].map(
    ([queue, count]) =>
      `${tasks(count)} ${go(count)} to the default queue ${queue}, because nothing tells where they went before; ` +
      "choose another queue, or set CELERIAC_ROUTES, if that is wrong.",
  );
}

function lineageWarnings(summary: PlanSummary): string[] {
  const warnings: string[] = [];
  if (summary.succeededBefore > 0) {
    warnings.push(
      `${tasks(summary.succeededBefore)} had succeeded: sending them again does their work twice.`,
    );
  }
  if (summary.inWorkflow > 0) {
    warnings.push(
      `${tasks(summary.inWorkflow)} belonged to a chain, a chord or another task: callbacks, chord membership and ` +
        "chain position are not stored, so each is sent alone and nothing after it is started.",
    );
  }
  if (summary.neverRan > 0) {
    warnings.push(
      `${tasks(summary.neverRan)} never ran, because a step before ${summary.neverRan === 1 ? "it" : "them"} in a chain or chord ` +
        "failed. To send that step again doesn't start what comes after it: that needs its args from you.",
    );
  }
  return warnings;
}

function ungroupedWarnings({ ungrouped }: PlanSummary): string[] {
  if (ungrouped === 0) return [];
  return [
    `${tasks(ungrouped)} have still other names or queues: too many to list, and not checked for the above.`,
  ];
}

function go(count: number): string {
  return count === 1 ? "goes" : "go";
}

function countBy(groups: readonly NameGroup[], keyOf: (group: NameGroup) => string | null) {
  const counts = new Map<string, number>();
  for (const group of groups) {
    const key = keyOf(group);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + group.count);
  }
  return counts;
}

function listed(
  counts: ReadonlyMap<string, number>,
  one: (key: string, count: number) => string,
  rest: (keys: number, count: number) => string,
): string[] {
  const entries = [...counts];
  const named = entries.length === MAX_NAMED + 1 ? entries.length : MAX_NAMED;
  const lines = entries.slice(0, named).map(([key, count]) => one(key, count));
  const others = entries.slice(named);
  if (others.length > 0) {
    const sum = others.reduce((total, [, count]) => total + count, 0);
    lines.push(rest(others.length, sum));
  }
  return lines;
}
