import { classNames } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { Instant } from "@/components/ui/instant";
import { TABLE } from "@/components/ui/table";
import type { KeptKind, Storage } from "@/lib/api/schemas/storage";
import { formatBytes } from "@/lib/format/bytes";
import { formatDuration } from "@/lib/format/duration";
import { describeRows } from "./describe-rows";

const NAMES: Readonly<Record<KeptKind, string>> = {
  "ended-tasks": "Tasks that ended",
  "unfinished-tasks": "Unfinished tasks",
  "numbers-by-minute": "Numbers by the minute",
  "numbers-by-hour": "Numbers by the hour",
  "queue-samples": "Queue depths",
  "worker-samples": "Workers' memory and load",
  activity: "Activity",
  "kept-rows": "Rows kept before a revoke",
  "captured-args": "Captured args",
  batches: "Retries",
};

const COLUMNS = [
  { title: "What", className: "w-[30%] max-sm:w-auto" },
  { title: "Rows", className: "w-[20%] text-right max-sm:w-24" },
  { title: "Size", className: "w-[15%] text-right max-sm:w-22 max-sm:pr-4" },
  { title: "Oldest", className: "w-[20%] text-right max-sm:hidden" },
  { title: "Kept for", className: "w-[15%] text-right max-sm:hidden" },
] as const;

/** What the store keeps by kind. */
export function KindTable({ kinds }: { kinds: Storage["kinds"] }) {
  return (
    <DataTable caption="What is kept" columns={COLUMNS}>
      {kinds.map(({ kind, rows, bytes, oldestAt, keptSeconds }) => {
        const keptFor = keptSeconds === null ? "for good" : formatDuration(keptSeconds);
        return (
          <tr key={kind} className={TABLE.row}>
            <th
              scope="row"
              className="h-(--row-height) border-b pr-2 pl-4 text-left font-normal max-sm:py-1.5 sm:truncate"
            >
              {NAMES[kind]}
              <span className="block text-ink-muted text-xs sm:hidden">{keptFor}</span>
            </th>
            <td className={classNames(TABLE.cell, TABLE.number)}>{describeRows(rows)}</td>
            <td className={classNames(TABLE.cell, TABLE.number, "max-sm:pr-4")}>
              {bytes === null ? <Unknown /> : formatBytes(bytes)}
            </td>
            <td className={classNames(TABLE.cell, TABLE.number, "max-sm:hidden")}>
              {oldestAt === null ? <span className="text-ink-faint">none</span> : <Instant at={oldestAt} />}
            </td>
            <td className={classNames(TABLE.cell, TABLE.number, "max-sm:hidden")}>{keptFor}</td>
          </tr>
        );
      })}
    </DataTable>
  );
}

/** SQLite can't tell without going through all that is there. */
function Unknown() {
  return <span className="text-ink-faint">unknown</span>;
}
