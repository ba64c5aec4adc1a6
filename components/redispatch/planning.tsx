"use client";

import { useQuery } from "@tanstack/react-query";
import { LoaderCircle } from "lucide-react";
import { SkeletonRows } from "@/components/ui/skeleton";
import { previewProgressQuery } from "@/lib/api/queries/redispatches";
import { formatCounted } from "@/lib/format/count";
import { PreviewCounts } from "./preview-counts";

/** The preview while it is made: its first numbers, and that more come. */
export function Planning() {
  const { data } = useQuery(previewProgressQuery());
  return (
    <div className="flex flex-col gap-5">
      <PreviewCounts total={data?.total ?? 0} sendable={data?.ready ?? 0} isPartial />
      <PlanningLine />
      <div className="overflow-hidden rounded-md border">
        <SkeletonRows rows={4} label="Planning what would be sent" />
      </div>
    </div>
  );
}

/** `Planning 34,000 tasks…`, alone: where the preview before stays in view. */
export function PlanningLine() {
  const { data } = useQuery(previewProgressQuery());
  const total = data?.total ?? 0;
  return (
    <p className="tabular flex items-center gap-2 text-ink-muted text-sm">
      <LoaderCircle className="size-3.5 animate-spin" aria-hidden />
      {total === 0 ? "Looking for the tasks…" : `Planning ${formatCounted(total, "task")}…`}
    </p>
  );
}
