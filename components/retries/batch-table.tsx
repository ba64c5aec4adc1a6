import { classNames } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Pill } from "@/components/ui/pill";
import { TABLE } from "@/components/ui/table";
import { toBatchHref } from "@/lib/api/queries/redispatches";
import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCounted } from "@/lib/format/count";
import { BATCH_LOOKS } from "./batch-look";
import { listBatchShares } from "./batch-shares";
import { describeOutcome } from "./describe-outcome";
import { ShareBar } from "./share-bar";

const COLUMNS = [
  { title: "State", className: "w-32 max-sm:w-28" },
  { title: "What" },
  { title: "Outcome", className: "w-64 max-md:hidden" },
  { title: "By", className: "w-24 max-lg:hidden" },
  { title: "Begun", className: "w-32 text-right max-sm:w-20" },
] as const;

/** Batches with their progress. */
export function BatchTable({ batches }: { batches: readonly Batch[] }) {
  return (
    <DataTable caption="Retries" columns={COLUMNS}>
      {batches.map((batch) => (
        <BatchRow key={batch.id} batch={batch} />
      ))}
    </DataTable>
  );
}

function BatchRow({ batch }: { batch: Batch }) {
  return (
    <tr className={classNames(TABLE.row, "[&>td]:h-14")}>
      <td className={TABLE.cell}>
        <Pill {...BATCH_LOOKS[batch.state]} />
      </td>
      <td className={classNames(TABLE.cell, "max-md:py-2")}>
        <Link href={toBatchHref(batch.id)} className="block truncate rounded font-medium hover:underline">
          {formatCounted(batch.total - batch.skipped, "task")}
          <span className="font-normal text-ink-muted"> · {batch.selection}</span>
        </Link>
        <span className="block truncate text-ink-muted text-xs max-md:hidden">{batch.reason}</span>
        <span className="block whitespace-normal text-ink-muted text-xs md:hidden">
          {describeOutcome(batch)}
        </span>
      </td>
      <td className={classNames(TABLE.cell, "max-md:hidden")}>
        <span className="tabular mb-1.5 block text-xs">{describeOutcome(batch)}</span>
        <ShareBar shares={listBatchShares(batch)} className="h-1.5" />
      </td>
      <td className={classNames(TABLE.cell, "text-ink-muted max-lg:hidden")}>{batch.actor}</td>
      <td className={classNames(TABLE.cell, "text-right text-ink-muted")}>
        <Instant at={batch.createdAt} form="age" />
      </td>
    </tr>
  );
}
