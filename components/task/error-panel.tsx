import { CircleX } from "lucide-react";
import { Panel } from "@/components/ui/panel";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import { TracebackView } from "./traceback-view";

/** The exception on top, then the traceback. */
export function ErrorPanel({ task }: { task: TaskDetail }) {
  if (task.exception === null && task.traceback === null) return null;
  return (
    <Panel flush>
      {task.exception === null ? null : (
        <p className="flex items-start gap-2 rounded-t-lg bg-red-soft px-4 py-3 font-mono text-red text-sm">
          <CircleX className="mt-0.5 size-4 shrink-0" aria-hidden />
          <span className="min-w-0 break-words">{task.exception}</span>
        </p>
      )}
      {task.traceback === null ? null : <TracebackView text={task.traceback} />}
    </Panel>
  );
}
