import { Link } from "@/components/ui/link";
import { toQueueHref } from "@/lib/api/queries/queues";
import { toTaskHref } from "@/lib/api/queries/task-params";
import { toWorkerHref } from "@/lib/api/queries/workers";
import type { Action } from "@/lib/api/schemas/control";
import { WORKER_COMMANDS } from "@/lib/api/schemas/control";

/** What an action was done to, with a link to its page. */
export function ActionTarget({ action }: { action: Pick<Action, "action" | "target"> }) {
  const { target } = action;
  const href = toTargetHref(action);
  if (href === null) return <span title={target}>{target}</span>;
  return (
    <Link href={href} title={target} className="rounded underline-offset-2 hover:underline">
      {target}
    </Link>
  );
}

function toTargetHref({ action, target }: Pick<Action, "action" | "target">): string | null {
  if (Object.hasOwn(WORKER_COMMANDS, action)) return toWorkerHref(target);
  if (action === "revoke") return toTaskHref(target);
  return action === "purge" ? toQueueHref(target) : null;
}
