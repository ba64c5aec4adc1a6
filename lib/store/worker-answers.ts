import type { RegisteredTask } from "@/lib/celery/control/read-registered-tasks";

/** Limits that a worker holds the tasks of one name to. */
export type TaskLimits = Omit<RegisteredTask, "name">;

/** What a worker said of itself when asked (stats, active_queues, registered, conf). null is "did not say". */
export interface WorkerAnswers {
  readonly pool: string | null;
  readonly concurrency: number | null;
  readonly prefetchCount: number | null;
  readonly pid: number | null;
  readonly maxRssBytes: number | null;
  readonly queues: readonly string[] | null;
  readonly registered: readonly string[] | null;
  /** Task name → its limits, for tasks that have any. */
  readonly limits: Readonly<Record<string, TaskLimits>> | null;
  /** Time limits of tasks that have none of their own; 0 is none. */
  readonly softLimitSeconds: number | null;
  readonly hardLimitSeconds: number | null;
  readonly acceptContent: readonly string[] | null;
  /**
   * It hears remote control and never answers: it takes other content than JSON, and would drop our tasks. Absent where
   * that was not seen.
   */
  readonly refusesJson?: boolean;
  /** Whether it sends task events. */
  readonly taskEvents: boolean | null;
}
