"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { BATCH_LOOKS } from "@/components/retries/batch-look";
import { listBatchShares } from "@/components/retries/batch-shares";
import { describeOutcome } from "@/components/retries/describe-outcome";
import { ShareBar } from "@/components/retries/share-bar";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { Pill } from "@/components/ui/pill";
import { batchListQuery, toBatchHref } from "@/lib/api/queries/redispatches";

/** Retries under way; takes no room while there is none. */
export function RunningBatches() {
  const { data } = useInfiniteQuery(batchListQuery());
  const batches = data?.pages
    .flatMap((page) => page.items)
    .filter((batch) => batch.state === "running" || batch.state === "paused");
  if (batches === undefined || batches.length === 0) return null;
  return (
    <Panel title="Retries under way" className="lg:col-span-2" flush>
      <ul className="divide-y border-t">
        {batches.map((batch) => (
          <li key={batch.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5 text-sm">
            <Pill {...BATCH_LOOKS[batch.state]} />
            <Link
              href={toBatchHref(batch.id)}
              className="min-w-0 flex-1 truncate rounded font-medium hover:underline"
            >
              {batch.selection}
            </Link>
            <span className="tabular text-ink-muted text-xs">{describeOutcome(batch)}</span>
            <span className="w-48 max-sm:w-full">
              <ShareBar shares={listBatchShares(batch)} className="h-1.5" />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
