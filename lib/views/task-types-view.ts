import type { TaskType, TaskTypePage } from "@/lib/api/schemas/task-types";
import { toInstant } from "@/lib/format/to-instant";
import type { HistoryTaskType, TaskTypeList } from "@/lib/history/list-task-types";
import { findNewKwargs } from "@/lib/history/new-kwargs";
import type { StepRange } from "@/lib/numbers/choose-step";
import type { TaskNumbers } from "@/lib/numbers/task-numbers";
import type { Listening } from "@/lib/store/listening";
import { viewPercentiles } from "./numbers-view";

/** A page of task types as the API tells it, at `now` (epoch ms). */
export function viewTaskTypes(
  list: TaskTypeList,
  listening: Listening | null,
  now: number,
): Omit<TaskTypePage, "nextCursor"> {
  const { range, registered } = list;
  return {
    items: list.types.map((type) => ({
      ...viewType(type, range, now),
      isHeard: type.registeredOn.every((hostname) => registered.heard.has(hostname)),
    })),
    range: {
      from: toInstant(range.from),
      to: toInstant(range.to),
      stepSeconds: range.stepMs / 1000,
    },
    others: viewCounts(list.others),
    listening: listening && { since: toInstant(listening.since), until: toInstant(listening.until) },
    workersOnline: registered.workers,
    registeredUnknown: [...registered.unknown],
  };
}

function viewType(type: HistoryTaskType, range: StepRange, now: number): Omit<TaskType, "isHeard"> {
  const { total, steps, kwargs } = type;
  const { p50, p95, p99 } = viewPercentiles(total.runtime);
  const ended = total.succeeded + total.failed;
  const count = Math.round((range.to - range.from) / range.stepMs);
  return {
    name: type.name,
    registeredOn: [...type.registeredOn],
    lastSeenAt: toInstant(type.lastSeenAt),
    counts: viewCounts(total),
    runtime: { p50, p95, p99 },
    failureRate: ended === 0 ? null : total.failed / ended,
    steps: Array.from({ length: count }, (_, index) => {
      const step = steps.get(range.from + index * range.stepMs);
      return { succeeded: step?.succeeded ?? 0, failed: step?.failed ?? 0 };
    }),
    newKwargs: findNewKwargs(kwargs, now).map(({ name, firstSeenAt }) => ({
      name,
      firstSeenAt: toInstant(firstSeenAt),
    })),
    kwargsSince: toInstant(kwargs?.since ?? null),
  };
}

function viewCounts({ succeeded, failed, retried }: TaskNumbers): TaskTypePage["others"] {
  return { SUCCESS: succeeded, FAILURE: failed, RETRY: retried };
}
