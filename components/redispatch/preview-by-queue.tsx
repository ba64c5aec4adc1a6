import { classNames } from "@/components/ui/class-names";
import { FoldedTable } from "@/components/ui/folded-table";
import { TABLE } from "@/components/ui/table";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { formatWholeDuration } from "@/lib/format/duration";

const COLUMNS = [
  { title: "Queue" },
  { title: "Sent", className: "w-20 text-right max-sm:w-16" },
  { title: "Waiting now", className: "w-28 text-right max-sm:w-24" },
  { title: "Oldest waits", className: "w-28 text-right max-sm:w-24" },
] as const;

/** Where the tasks go, and how full it is there already. */
export function PreviewByQueue({ byQueue }: { byQueue: Preview["byQueue"] }) {
  return (
    <FoldedTable
      caption="The tasks by queue"
      columns={COLUMNS}
      rows={byQueue.map((row) => (
        <tr key={row.queue}>
          <td className={classNames(TABLE.cell, "font-medium")} title={row.queue}>
            {row.queue}
          </td>
          <td className={classNames(TABLE.cell, TABLE.number)}>{formatCount(row.ready)}</td>
          <td className={classNames(TABLE.cell, TABLE.number)}>
            {row.depth === null ? <Unknown /> : formatCount(row.depth)}
          </td>
          <td className={classNames(TABLE.cell, TABLE.number)}>
            {row.oldestWaitingSeconds !== null ? (
              formatWholeDuration(row.oldestWaitingSeconds)
            ) : row.depth === 0 ? (
              <span className="text-ink-faint">–</span>
            ) : (
              <Unknown />
            )}
          </td>
        </tr>
      ))}
    />
  );
}

function Unknown() {
  return <span className="text-ink-faint">unknown</span>;
}
