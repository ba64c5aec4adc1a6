import { TaskStatePill } from "@/components/tasks/task-state-pill";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { toBatchHref } from "@/lib/api/queries/redispatches";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { TaskDetail } from "@/lib/api/schemas/tasks";

/** What it was retried as and from, and the tasks around it. */
export function LinksPanel({ task }: { task: TaskDetail }) {
  const relations = [
    { label: "Retry of", ids: toList(task.redispatchOf) },
    // Celery names a task that it retried as its own parent.
    { label: "Parent", ids: toList(task.parentId === task.id ? null : task.parentId) },
    { label: "Root", ids: toList(task.rootId === task.id ? null : task.rootId) },
    { label: "Children", ids: task.children },
  ].filter((relation) => relation.ids.length > 0);
  if (relations.length === 0 && task.redispatches.length === 0 && task.groupId === null) return null;
  return (
    <Panel title="Related">
      <div className="flex flex-col gap-3 text-sm">
        {task.redispatches.length === 0 ? null : (
          <section aria-label="Retried as">
            <h3 className="text-ink-muted">Retried as</h3>
            <ul className="mt-1 flex flex-col gap-2">
              {task.redispatches.map((redispatch) => (
                <li key={redispatch.newId} className="flex flex-col gap-0.5">
                  <TaskLink id={redispatch.newId} />
                  <span className="flex flex-wrap items-center gap-2 text-ink-muted text-xs">
                    {redispatch.state === null ? null : <TaskStatePill state={redispatch.state} />}
                    {redispatch.at === null ? null : <Instant at={redispatch.at} form="age" />}
                    <Link
                      href={toBatchHref(redispatch.batchId)}
                      className="rounded underline underline-offset-2"
                    >
                      in this retry
                    </Link>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {relations.map(({ label, ids }) => (
          <section key={label} aria-label={label}>
            <h3 className="text-ink-muted">{label}</h3>
            <ul className="mt-0.5 max-h-48 overflow-y-auto">
              {ids.map((id) => (
                <li key={id}>
                  <TaskLink id={id} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {task.groupId === null ? null : (
          <section aria-label="Group">
            <h3 className="text-ink-muted">Group</h3>
            <code className="break-all font-mono text-xs">{task.groupId}</code>
          </section>
        )}
      </div>
    </Panel>
  );
}

function TaskLink({ id }: { id: string }) {
  return (
    <Link
      href={toTaskHref(id)}
      className="break-all rounded font-mono text-xs underline decoration-line-strong underline-offset-2 hover:decoration-current"
    >
      {id}
    </Link>
  );
}

function toList(id: string | null): string[] {
  return id === null ? [] : [id];
}
