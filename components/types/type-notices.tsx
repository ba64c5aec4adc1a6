import { Info, TriangleAlert } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import type { TaskTypePage } from "@/lib/api/schemas/task-types";
import { formatCounted } from "@/lib/format/count";

const NAMED = 3;

/** What the table can't tell, and why. */
export function TypeNotices({ page: { others, registeredUnknown, items } }: { page: TaskTypePage }) {
  const untold = others.SUCCESS + others.FAILURE + others.RETRY;
  const unheard = items.filter(({ isHeard, registeredOn }) => registeredOn.length > 0 && !isHeard).length;
  return (
    <>
      {untold === 0 ? null : (
        <Notice tone="amber" icon={TriangleAlert} role="status">
          {formatCounted(untold, "task")} of further types are not in this list: of each hour 500 names are
          told apart. Are names made up of something that varies?
        </Notice>
      )}
      {registeredUnknown.length === 0 ? null : (
        <Notice tone="gray" icon={Info}>
          What is registered nowhere can't be told: {nameSome(registeredUnknown)} did not say which tasks they
          know.
        </Notice>
      )}
      {unheard === 0 ? null : (
        <Notice tone="gray" icon={Info}>
          {formatCounted(unheard, "type")} may be called unheard: a worker that knows{" "}
          {unheard === 1 ? "it" : "them"} is not known to send task events.
        </Notice>
      )}
    </>
  );
}

function nameSome(hostnames: readonly string[]): string {
  const named = hostnames.slice(0, NAMED).join(", ");
  const rest = hostnames.length - NAMED;
  return rest > 0 ? `${named} and ${formatCounted(rest, "worker")} more` : named;
}
