import { TaskStatePill } from "@/components/tasks/task-state-pill";
import { Instant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import { LiteralBlock } from "./literal-block";
import { TracebackView } from "./traceback-view";

type KeptRow = TaskDetail["keptRows"][number];

/** The task's row as it was before each revoke, which may have overwritten it; nothing where it was never revoked. */
export function KeptRowsPanel({ rows }: { rows: readonly KeptRow[] }) {
  return rows.map((row) => <KeptRowPanel key={row.at} row={row} />);
}

function KeptRowPanel({ row }: { row: KeptRow }) {
  const texts = [
    { title: "args", text: row.args },
    { title: "kwargs", text: row.kwargs },
    { title: "Result", text: row.result },
  ];
  return (
    <Panel title="As it was before it was revoked" actions={<TaskStatePill state={row.state} />} flush>
      <p className="px-4 pb-3 text-ink-muted text-sm">
        Kept <Instant at={row.at} form="age" />; the row was written <Instant at={row.writtenAt} form="age" />
        {row.worker === null ? null : ` by ${row.worker}`}.
      </p>
      {row.exception === null ? null : (
        <p className="break-words border-t px-4 py-2 font-mono text-red text-xs">{row.exception}</p>
      )}
      {row.traceback === null ? null : (
        <div className="border-t">
          <TracebackView text={row.traceback} />
        </div>
      )}
      {texts.map(({ title, text }) =>
        text === null ? null : <LiteralBlock key={title} title={title} text={text} className="border-t" />,
      )}
    </Panel>
  );
}
