"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { usePause } from "@/components/live/pause-provider";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { stuckQuery } from "@/lib/api/queries/stuck";
import type { StuckPage } from "@/lib/api/schemas/stuck";
import { formatCounted } from "@/lib/format/count";
import { RetryLostButton } from "./retry-lost-button";
import { StuckTable } from "./stuck-table";

/** Workers are asked each time. */
const LOOK_EVERY_MS = 10_000;
const RESERVED = [
  { value: "60", label: "Reserved for over 1 min" },
  { value: "300", label: "Reserved for over 5 min" },
  { value: "900", label: "Reserved for over 15 min" },
  { value: "3600", label: "Reserved for over 1 h" },
] as const;
const parseSeconds = parseAsStringLiteral(RESERVED.map(({ value }) => value)).withDefault("300");

/** All tasks that need a person, why, and what helps. */
export function StuckView() {
  const pause = usePause();
  const [seconds, setSeconds] = useQueryState("seconds", parseSeconds);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...stuckQuery(Number(seconds)),
    refetchInterval: () => (pause.isHeld ? false : LOOK_EVERY_MS),
  });
  const lost = data?.items.filter(({ remedy }) => remedy === "redispatch") ?? [];
  return (
    <>
      <PageHeader
        title="Stuck tasks"
        description="Held for too long, run for too long, lost with their worker or delivered twice."
        actions={
          <>
            {lost.length > 1 ? <RetryLostButton ids={lost.map(({ id }) => id)} /> : null}
            <Select label="Counted as stuck" options={RESERVED} value={seconds} onChange={setSeconds} />
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {data?.notes.map((note) => (
          <Notice key={note} tone="amber" icon={TriangleAlert} role="status">
            {note}
          </Notice>
        ))}
        {data !== undefined && error !== null ? (
          <Notice tone="red" icon={TriangleAlert} role="alert">
            This is an earlier look: {error.message}
          </Notice>
        ) : null}
        <Panel flush className={classNames(isPlaceholderData && "opacity-60")}>
          {data !== undefined ? (
            <Stuck page={data} />
          ) : error !== null ? (
            <ErrorState title="Stuck tasks can't be shown" error={error} onRetry={() => void refetch()} />
          ) : (
            <SkeletonRows rows={6} label="Loading stuck tasks" />
          )}
        </Panel>
      </div>
    </>
  );
}

function Stuck({ page: { items, notes } }: { page: StuckPage }) {
  if (items.length > 0) {
    return (
      <>
        <p className="sr-only" role="status">
          {formatCounted(items.length, "stuck task")}
        </p>
        <StuckTable tasks={items} />
      </>
    );
  }
  return notes.length > 0 ? (
    <EmptyState icon={CircleCheck} title="Nothing that is known is stuck">
      Not everything could be looked at: see above.
    </EmptyState>
  ) : (
    <EmptyState icon={CircleCheck} title="Nothing is stuck">
      Each task that a worker holds is on its way.
    </EmptyState>
  );
}
