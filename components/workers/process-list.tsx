import { Elapsed } from "@/components/ui/elapsed";
import { Link } from "@/components/ui/link";
import { ScrollArea } from "@/components/ui/scroll-area";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { HeldTask } from "@/lib/api/schemas/worker-parts";

interface ProcessListProps {
  pids: readonly number[];
  active: readonly HeldTask[];
}

/** The processes of a pool, and what each does. */
export function ProcessList({ pids, active }: ProcessListProps) {
  const byPid = new Map(active.map((task) => [task.pid, task]));
  return (
    <ScrollArea label="What each process does" className="max-h-72">
      <ul aria-label="Processes" className="text-sm">
        {pids.map((pid) => {
          const task = byPid.get(pid);
          return (
            <li key={pid} className="flex h-8 items-center gap-3 border-t">
              <span className="tabular w-16 shrink-0 font-mono text-ink-muted text-xs">{pid}</span>
              {task === undefined ? (
                <span className="text-ink-muted">idle</span>
              ) : (
                <>
                  <Link
                    href={toTaskHref(task.id)}
                    className="min-w-0 flex-1 truncate rounded underline-offset-2 hover:underline"
                  >
                    {task.name ?? task.id}
                  </Link>
                  <span className="shrink-0 text-ink-muted text-xs">
                    <Elapsed since={task.sinceAt} />
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </ScrollArea>
  );
}
