import type { WorkerAnswers } from "@/lib/store/worker-answers";

interface TimeLimit {
  readonly kind: "soft" | "hard";
  readonly seconds: number;
}

/**
 * How long a worker lets tasks of that name run, as far as it has said; null is no limit, or not known. The soft limit counts
 * where there is one: after it the task has been told to end. What a sender set for a single call (`time_limit=`) no event tells.
 */
export function getTimeLimit(name: string | null, answers: WorkerAnswers | null): TimeLimit | null {
  const own = name === null ? undefined : answers?.limits?.[name];
  const soft = own?.softTimeLimit ?? positive(answers?.softLimitSeconds);
  if (soft !== null) return { kind: "soft", seconds: soft };
  const hard = own?.timeLimit ?? positive(answers?.hardLimitSeconds);
  return hard === null ? null : { kind: "hard", seconds: hard };
}

function positive(seconds: number | null | undefined): number | null {
  return seconds != null && seconds > 0 ? seconds : null;
}
