"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { healthQuery } from "@/lib/api/queries/health";
import { formatBoundedCount, formatCounted } from "@/lib/format/count";

/** How many events are missing from what the pages show; takes no room while there is none. */
export function EventLosses() {
  const { data: health } = useQuery(healthQuery());
  if (health === undefined) return null;
  const { droppedEvents, isDroppedMinimum, malformedEvents, startedAt } = health.collector;
  if (droppedEvents === 0 && malformedEvents === 0) return null;
  return (
    <Notice tone="amber" icon={TriangleAlert} className="mb-4" role="status">
      Since <Instant at={startedAt} form="clock" />, when the collector started:{" "}
      {droppedEvents === 0 ? null : (
        <>
          <strong className="font-semibold">
            {formatBoundedCount({ count: droppedEvents, exact: !isDroppedMinimum })} event messages were lost
          </strong>
          , because they came faster than they could be stored, or kept for a collector that was away; tasks
          of that time may show an old state.{" "}
        </>
      )}
      {malformedEvents === 0
        ? null
        : `${formatCounted(malformedEvents, "event")} made no sense and ${malformedEvents === 1 ? "was" : "were"} left out.`}
    </Notice>
  );
}
