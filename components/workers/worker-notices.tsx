import { Info, Unplug } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { MARK_LOOKS } from "./worker-mark-look";

/** What one should know of a worker before anything else; nothing when all is well. */
export function WorkerNotices({ worker }: { worker: WorkerDetail }) {
  const isOffline = worker.status === "offline";
  // That it was not asked is said better below.
  const notes = isOffline ? [] : worker.notes;
  return (
    <div className="flex flex-col gap-2 not-empty:pb-4">
      {isOffline ? (
        <Notice tone="red" icon={Unplug} role="status">
          <strong className="font-semibold">Offline: last heard</strong>{" "}
          <Instant at={worker.lastHeartbeatAt} form="full" />. It can't be told anything. What it held is as
          its events told, the rest as it last answered (
          <Instant at={worker.answeredAt} form="age" />
          ).
        </Notice>
      ) : null}
      {worker.marks.map(({ mark, detail, remedy }) => {
        const { tone, icon, label } = MARK_LOOKS[mark];
        return (
          <Notice key={mark} tone={tone} icon={icon} role="status">
            <strong className="font-semibold">{label}.</strong> {detail} <span>{remedy}</span>
          </Notice>
        );
      })}
      {notes.map((note) => (
        <Notice key={note} tone="gray" icon={Info}>
          {note}
        </Notice>
      ))}
    </div>
  );
}
