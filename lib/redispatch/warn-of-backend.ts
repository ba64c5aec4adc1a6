import type { ResultBackend } from "@/lib/backend/result-backend";
import { ARGS_REASONS } from "./block-reason";
import type { PlanSummary } from "./plan-summary";

/** Says so when tasks are blocked for their args while the source that may have the real ones is away. */
export function warnOfBackend(backend: ResultBackend | null | undefined, summary: PlanSummary): string[] {
  const status = backend?.getStatus();
  const blocked = summary.blocked.filter(({ reason }) => ARGS_REASONS.includes(reason));
  if (status === undefined || status.connected || blocked.length === 0) return [];
  const count = blocked.reduce((sum, group) => sum + group.count, 0);
  return [
    `Celery's result backend is away (${status.error ?? "it has not answered yet"}): the real args of ` +
      `${count.toLocaleString("en-US")} blocked tasks may be there. Preview again when it is back.`,
  ];
}
