import { TriangleAlert } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Pill } from "@/components/ui/pill";
import { toWorkerHref } from "@/lib/api/queries/workers";
import type { Queue } from "@/lib/api/schemas/queues";
import { formatCounted } from "@/lib/format/count";

/** Which workers consume the queue, as they said themselves. */
export function ConsumersPanel({ queue }: { queue: Queue }) {
  const { consumers, consumedBy } = queue;
  const others = consumers === null ? 0 : consumers - consumedBy.length;
  return (
    <Panel
      title="Consumers"
      actions={
        consumers === 0 && queue.depth > 0 ? (
          <Pill tone="red" icon={TriangleAlert} label="No consumer" />
        ) : null
      }
    >
      {consumedBy.length === 0 && others <= 0 ? (
        <p className="text-ink-muted text-sm">
          {consumers === null ? "Not every worker has said yet what it consumes." : "No worker consumes it."}
        </p>
      ) : (
        <ul className="flex flex-col gap-1.5 text-sm">
          {consumedBy.map((hostname) => (
            <li key={hostname}>
              <Link
                href={toWorkerHref(hostname)}
                className="break-all rounded underline decoration-line-strong underline-offset-2 hover:decoration-current"
              >
                {hostname}
              </Link>
            </li>
          ))}
          {others > 0 ? (
            <li className="text-ink-muted">
              {consumedBy.length > 0 ? "and " : ""}
              {formatCounted(others, "consumer")} that Celeriac does not know
            </li>
          ) : null}
        </ul>
      )}
    </Panel>
  );
}
