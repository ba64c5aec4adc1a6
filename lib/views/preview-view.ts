import type { Preview } from "@/lib/api/schemas/redispatches";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { redactValue } from "@/lib/celery/redact/redact";
import type { WireValue } from "@/lib/celery/wire-value";
import type { CreatedPreview } from "@/lib/redispatch/create-preview";
import type { TaskPlan } from "@/lib/redispatch/plan-task";

const MAX_SAMPLE_CHARS = 1_024;

/** A preview as the contract shows it; `redact` names the kwargs to hide. */
export function viewPreview(preview: CreatedPreview, redact: readonly string[]): Preview {
  const { snapshot, summary, warnings } = preview;
  return {
    snapshot,
    total: summary.total,
    ready: summary.ready,
    blocked: [...summary.blocked],
    byName: summary.byName.map(({ name, count, queue, rule }) => ({ name, count, queue, queueFrom: rule })),
    warnings: [...warnings],
    sample: summary.sample.flatMap((plan) => viewSample(plan, redact)),
  };
}

function viewSample(
  { id, name, choice, call, argsFrom }: TaskPlan,
  redact: readonly string[],
): Preview["sample"] {
  if (name === null || choice === null || call === null) return [];
  const show = (value: WireValue) => cut(writeWireJson(redactValue(value, redact)));
  return [{ id, name, queue: choice.queue, args: show(call.args), kwargs: show(call.kwargs), argsFrom }];
}

function cut(text: string): string {
  return text.length <= MAX_SAMPLE_CHARS ? text : `${text.slice(0, MAX_SAMPLE_CHARS)}…`;
}
