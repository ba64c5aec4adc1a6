import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { Instant } from "@/components/ui/instant";
import { Pill } from "@/components/ui/pill";
import { TABLE } from "@/components/ui/table";
import { toBatchHref } from "@/lib/api/queries/redispatches";
import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCounted } from "@/lib/format/count";
import { BATCH_LOOKS } from "./batch-look";
import { listBatchShares } from "./batch-shares";
import { describeOutcome } from "./describe-outcome";
import { ShareBar } from "./share-bar";

/** Batches with their progress. */
export function BatchTable({ batches }: { batches: readonly Batch[] }) {
  return (
    <table className={classNames(TABLE.table, "table-fixed [&_tbody>tr:last-child>td]:border-b-0")}>
      <caption className="sr-only">Retries</caption>
      <thead>
        <tr>
          <th scope="col" className={classNames(TABLE.head, "w-32")}>
            State
          </th>
          <th scope="col" className={TABLE.head}>
            What
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-64 max-md:hidden")}>
            Outcome
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-24 max-lg:hidden")}>
            By
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-32 text-right max-sm:w-24")}>
            Begun
          </th>
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <BatchRow key={batch.id} batch={batch} />
        ))}
      </tbody>
    </table>
  );
}

function BatchRow({ batch }: { batch: Batch }) {
  return (
    <tr className={classNames(TABLE.row, "[&>td]:h-14")}>
      <td className={TABLE.cell}>
        <Pill {...BATCH_LOOKS[batch.state]} />
      </td>
      <td className={TABLE.cell}>
        <Link href={toBatchHref(batch.id)} className="block truncate rounded font-medium hover:underline">
          {formatCounted(batch.total, "task")}
          <span className="font-normal text-ink-muted"> · {batch.selection}</span>
        </Link>
        <span className="block truncate text-ink-muted text-xs">
          <span className="md:hidden">{describeOutcome(batch)} </span>
          {batch.reason}
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
