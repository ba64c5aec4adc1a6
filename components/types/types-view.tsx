"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { usePause } from "@/components/live/pause-provider";
import { NUMBERS_EVERY_MS } from "@/components/numbers/use-numbers";
import { classNames } from "@/components/ui/class-names";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { taskTypeListQuery } from "@/lib/api/queries/task-types";
import { TypeList } from "./type-list";
import { TypeNotices } from "./type-notices";
import { useTypeView } from "./use-type-view";

const RANGES = [
  { value: "hour", label: "Last hour" },
  { value: "day", label: "Last 24 hours" },
  { value: "week", label: "Last 7 days" },
] as const;

/** All kinds of tasks: how often they run and fail, how long they take, and which are odd. */
export function TypesView() {
  const pause = usePause();
  const [view, setView] = useTypeView();
  const { data, error, refetch, isPlaceholderData, dataUpdatedAt } = useQuery({
    ...taskTypeListQuery(view.range),
    refetchInterval: () => (pause.isHeld ? false : NUMBERS_EVERY_MS),
  });
  return (
    <>
      <PageHeader
        title="Task types"
        description="How often each kind of task runs and fails, and how long it takes."
        actions={
          <Select
            label="Range"
            options={RANGES}
            value={view.range}
            onChange={(range) => void setView({ range })}
          />
        }
      />
      <div className="flex flex-col gap-4">
        {data !== undefined && error !== null ? (
          <Notice tone="red" icon={TriangleAlert} role="alert">
            This is an earlier look: {error.message}
          </Notice>
        ) : null}
        {data === undefined ? null : <TypeNotices page={data} />}
        <Panel flush className={classNames(isPlaceholderData && "opacity-60")}>
          {data !== undefined ? (
            <TypeList page={data} now={dataUpdatedAt} view={view} onView={(next) => void setView(next)} />
          ) : error !== null ? (
            <ErrorState title="Task types can't be shown" error={error} onRetry={() => void refetch()} />
          ) : (
            <SkeletonRows rows={8} label="Loading task types" />
          )}
        </Panel>
      </div>
    </>
  );
}
