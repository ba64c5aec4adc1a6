import type { TaskType } from "@/lib/api/schemas/task-types";

/** A type that is called now and then; `changes` make it another. */
export function makeTaskType(changes: Partial<TaskType> = {}): TaskType {
  return {
    name: "shop.tasks.pay",
    registeredOn: ["w1"],
    lastSeenAt: "2026-11-27T11:59:00.000Z",
    counts: { SUCCESS: 90, FAILURE: 10, RETRY: 0 },
    runtime: { p50: 1, p95: 2, p99: 3 },
    failureRate: 0.1,
    steps: [],
    isHeard: true,
    newKwargs: [],
    kwargsSince: null,
    ...changes,
  };
}
