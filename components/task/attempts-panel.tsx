import { TaskStatePill } from "@/components/tasks/task-state-pill";
import { classNames } from "@/components/ui/class-names";
import { Instant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { TABLE } from "@/components/ui/table";
import type { TaskDetail } from "@/lib/api/schemas/tasks";

/** Each time a worker took the task: Celery's own retries and redeliveries. */
export function AttemptsPanel({ attempts }: { attempts: TaskDetail["attempts"] }) {
  if (attempts.length === 0) return null;
  return (
    <Panel title={attempts.length === 1 ? "Attempt" : `${attempts.length} attempts`} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus (WCAG 2.1.1). */}
      <section aria-label="Attempts" tabIndex={0} className="overflow-x-auto">
        <table className={classNames(TABLE.table, "border-t [&_tbody>tr:last-child>td]:border-b-0")}>
          <thead>
            <tr>
              {["State", "Worker", "Received", "Started", "Ended", "Exception"].map((title) => (
                <th key={title} scope="col" className={TABLE.head}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no id and are only ever appended.
              <tr key={index}>
                <td className={TABLE.cell}>
                  <TaskStatePill state={attempt.state} />
                </td>
                <td className={TABLE.cell}>{attempt.worker ?? "unknown"}</td>
                <td className={TABLE.cell}>
                  <Instant at={attempt.receivedAt} />
                </td>
                <td className={TABLE.cell}>
                  <Instant at={attempt.startedAt} />
                </td>
                <td className={TABLE.cell}>
                  {attempt.endedAt === null ? "–" : <Instant at={attempt.endedAt} />}
                </td>
                <td
                  className={classNames(TABLE.cell, "max-w-80 font-mono text-xs")}
                  title={attempt.exception ?? undefined}
                >
                  {attempt.exception}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
