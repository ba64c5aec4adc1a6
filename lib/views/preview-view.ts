import type { PatchPreview as PatchPreviewView } from "@/lib/api/schemas/kwargs-patches";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { type KwargsPatch, patchKwargs } from "@/lib/celery/args/patch-kwargs";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { redactText, redactValue } from "@/lib/celery/redact/redact";
import { isWireObject, type WireObject, type WireValue } from "@/lib/celery/wire-value";
import type { CreatedPreview } from "@/lib/redispatch/create-preview";
import type { TaskPlan } from "@/lib/redispatch/plan-task";
import type { PatchPreview } from "@/lib/redispatch/preview-patch";

const MAX_SAMPLE_CHARS = 1_024;
const MAX_ERRORS = 200;
const MAX_MESSAGE_CHARS = 500;

/** A preview as the contract shows it; `redact` names the kwargs to hide. */
export function viewPreview(preview: CreatedPreview, redact: readonly string[]): Preview {
  const { snapshot, summary, warnings } = preview;
  const { byError } = summary;
  const unlisted = byError.slice(MAX_ERRORS).reduce((sum, { count }) => sum + count, 0);
  return {
    snapshot,
    total: summary.total,
    ready: summary.ready,
    blocked: [...summary.blocked],
    byName: summary.byName.map(({ rule, ...group }) => ({ ...group, queueFrom: rule })),
    byQueue: summary.byQueue.map((group) => viewQueue(group, preview)),
    byError: byError.slice(0, MAX_ERRORS).map(({ message, ...group }) => ({
      ...group,
      message: cut(redactText(message, redact), MAX_MESSAGE_CHARS),
    })),
    otherErrors: summary.otherErrors + unlisted,
    warnings: [...warnings],
    sample: summary.sample.flatMap((plan) => viewSample(plan, redact)),
  };
}

/** What a patch would do, as the contract shows it. A hidden value stays hidden under whatever name it gets. */
export function viewPatchPreview(
  { conflicts, examples, ...counts }: PatchPreview,
  patch: KwargsPatch,
  redact: readonly string[],
): PatchPreviewView {
  const show = (kwargs: WireObject) => cut(writeWireJson(redactValue(kwargs, redact)), MAX_SAMPLE_CHARS);
  return {
    ...counts,
    conflicts: [...conflicts].map(([taken, conflict]) => ({ taken, ...conflict })),
    examples: examples.map(({ id, before }) => {
      const hidden = redactValue(before, redact);
      const patched = patchKwargs(isWireObject(hidden) ? hidden : before, patch);
      return { id, before: show(before), after: patched.ok ? show(patched.kwargs) : "" };
    }),
  };
}

function viewQueue(
  { queue, count, ready }: CreatedPreview["summary"]["byQueue"][number],
  { queues }: CreatedPreview,
): Preview["byQueue"][number] {
  const now = queues.get(queue);
  return {
    ...{ queue, count, ready },
    depth: now?.depth ?? null,
    oldestWaitingSeconds: now?.oldestWaitingSeconds ?? null,
  };
}

function viewSample(
  { id, name, choice, call, argsFrom }: TaskPlan,
  redact: readonly string[],
): Preview["sample"] {
  if (name === null || choice === null || call === null) return [];
  const show = (value: WireValue) => cut(writeWireJson(redactValue(value, redact)), MAX_SAMPLE_CHARS);
  return [{ id, name, queue: choice.queue, args: show(call.args), kwargs: show(call.kwargs), argsFrom }];
}

function cut(text: string, chars: number): string {
  return text.length <= chars ? text : `${text.slice(0, chars)}…`;
}
