"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { blockedTasksQuery } from "@/lib/api/queries/redispatches";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCount } from "@/lib/format/count";
import { BlockedExample } from "./blocked-example";
import type { Repairs } from "./use-repairs";

interface BlockedTasksProps {
  snapshot: string;
  entry: Preview["blocked"][number];
  repairs: Repairs;
  /** Null where other args would not help. */
  onRepair: ((id: string) => void) | null;
}

/** The tasks that one reason blocks: a few examples, then all of them, a page at a time. */
export function BlockedTasks({ snapshot, entry, repairs, onRepair }: BlockedTasksProps) {
  const [isOpen, setOpen] = useState(false);
  const tasks = useInfiniteQuery({ ...blockedTasksQuery(snapshot, entry.reason), enabled: isOpen });
  const repaired = repairs.tasks.filter(({ reason }) => reason === entry.reason).map(({ id }) => id);
  const listed = tasks.data?.pages.flatMap((page) => page.items.map(({ id }) => id)) ?? entry.exampleIds;
  const ids = [...new Set([...listed, ...repaired])];
  const more = entry.count - ids.length;
  return (
    <ul aria-label="Examples" className="flex flex-wrap gap-1.5">
      {ids.map((id) => (
        <BlockedExample key={id} id={id} isRepaired={repaired.includes(id)} onRepair={onRepair} />
      ))}
      {more <= 0 ? null : (
        <li className="flex h-7 items-center gap-1.5 text-ink-faint text-xs">
          <Button
            size="small"
            className="text-xs"
            disabled={tasks.isFetching}
            onClick={() => (isOpen ? void tasks.fetchNextPage() : setOpen(true))}
          >
            Show more
          </Button>
          {tasks.isError ? <span className="text-red">{tasks.error.message}</span> : formatCount(more)}
        </li>
      )}
    </ul>
  );
}
