import type { PreviewTask } from "@/lib/api/schemas/preview-tasks";
import { BLOCK_REASONS } from "@/lib/api/schemas/redispatches";
import { redactText } from "@/lib/celery/redact/redact";
import type { PreviewedTask } from "@/lib/redispatch/get-preview-task";

/** A task of a preview as the contract shows it; `redact` names the kwargs to hide. */
export function viewPreviewTask({ task, args }: PreviewedTask, redact: readonly string[]): PreviewTask {
  const hide = (text: string | null) => text && redactText(text, redact);
  return {
    id: task.originalId,
    name: task.name,
    queue: task.queue,
    reason: BLOCK_REASONS.find((reason) => reason === task.reason) ?? null,
    args: hide(args.args),
    kwargs: hide(args.kwargs),
    argsClass: args.argsClass,
    argsReason: args.reason,
  };
}
