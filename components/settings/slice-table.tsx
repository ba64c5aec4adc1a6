import { classNames } from "@/components/ui/class-names";
import { FoldedTable } from "@/components/ui/folded-table";
import { Instant } from "@/components/ui/instant";
import { TABLE } from "@/components/ui/table";
import type { Storage } from "@/lib/api/schemas/storage";
import { formatBytes } from "@/lib/format/bytes";
import { describeRows } from "./describe-rows";

const COLUMNS = [
  { title: "Ended from", className: "w-[30%] max-sm:w-auto" },
  { title: "Until", className: "w-[30%] max-sm:hidden" },
  { title: "Tasks", className: "w-[20%] text-right max-sm:w-24" },
  { title: "Size", className: "w-[20%] text-right max-sm:w-24" },
] as const;

/** The parts in which the history is kept and dropped, the newest first. */
export function SliceTable({ storage: { slices } }: { storage: Storage }) {
  return (
    <>
      <p className="pb-3 text-ink-muted text-sm">
        Tasks that ended are kept in slices of a day, or of a tenth of the limit. A slice is dropped as a
        whole.
      </p>
      <FoldedTable
        caption="Slices of the history"
        columns={COLUMNS}
        rows={slices.map(({ from, until, rows, bytes }) => (
          <tr key={from ?? "first"} className={TABLE.row}>
            <td className={TABLE.cell}>{from === null ? "the beginning" : <Instant at={from} />}</td>
            <td className={classNames(TABLE.cell, "max-sm:hidden")}>
              {until === null ? "now" : <Instant at={until} />}
            </td>
            <td className={classNames(TABLE.cell, TABLE.number)}>
              {rows === null ? "unknown" : describeRows({ count: rows, exact: rows === 0, estimate: rows })}
            </td>
            <td className={classNames(TABLE.cell, TABLE.number)}>
              {bytes === null ? "unknown" : formatBytes(bytes)}
            </td>
          </tr>
        ))}
      />
    </>
  );
}
