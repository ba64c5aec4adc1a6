"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { RetryDialog } from "@/components/redispatch/retry-dialog";
import { Button, type ButtonSize, type ButtonVariant } from "@/components/ui/button";
import { healthQuery } from "@/lib/api/queries/health";
import { fetchRetryIds, type RetryIdsQuery } from "@/lib/api/queries/redispatches";
import { formatCount } from "@/lib/format/count";

interface RetryAgainButtonProps {
  batchId: string;
  /** Which of the batch's tasks. */
  tasks: RetryIdsQuery;
  /** For the record of the next batch. */
  reason: string;
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  "aria-label"?: string;
}

/** Makes tasks of a batch the next one: opens the retry dialog over them. */
export function RetryAgainButton({
  batchId,
  tasks,
  reason,
  children,
  variant,
  size,
  "aria-label": label,
}: RetryAgainButtonProps) {
  const [ids, setIds] = useState<string[] | null>(null);
  const { data: health } = useQuery(healthQuery());
  const fetch = useMutation({
    mutationFn: () => fetchRetryIds(batchId, tasks),
    onSuccess: ({ ids: found, isComplete }) => {
      if (found.length === 0) return void toast.info("There are no such tasks any more");
      if (!isComplete) toast.info(`These are the first ${formatCount(found.length)}`);
      setIds(found);
    },
    onError: (error) => toast.error(error.message),
  });
  // Doubtful tasks count as sent again until they surely weren't.
  const initial = { reason, includeRedispatched: tasks.of === "doubtful" };
  return (
    <>
      <Button
        variant={variant}
        size={size}
        aria-label={label}
        busy={fetch.isPending}
        disabled={health?.readOnly === true}
        onClick={() => fetch.mutate()}
      >
        {fetch.isPending ? null : <RotateCcw className="size-3.5" aria-hidden />}
        {children}
      </Button>
      {ids === null ? null : (
        <RetryDialog open onOpenChange={() => setIds(null)} selection={{ ids }} initial={initial} />
      )}
    </>
  );
}
