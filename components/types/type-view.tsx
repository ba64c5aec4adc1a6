"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleX, ListFilter, SearchX, TriangleAlert } from "lucide-react";
import { usePause } from "@/components/live/pause-provider";
import { NumbersPanel } from "@/components/numbers/numbers-panel";
import { NUMBERS_EVERY_MS } from "@/components/numbers/use-numbers";
import { BreakableName } from "@/components/ui/breakable-name";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toTasksHref } from "@/lib/api/queries/task-params";
import { taskTypeQuery } from "@/lib/api/queries/task-types";
import type { TaskType, TaskTypePage } from "@/lib/api/schemas/task-types";
import { TypeOrigin } from "./type-origin";
import { TypeRemarks } from "./type-remarks";

/** One kind of task: what its tasks did over time, where it is registered, and what is odd about it. */
export function TypeView({ name }: { name: string }) {
  const pause = usePause();
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...taskTypeQuery(name),
    refetchInterval: () => (pause.isHeld ? false : NUMBERS_EVERY_MS),
  });
  const type = data?.items[0];
  if (data !== undefined && type !== undefined) {
    return <TypeBody type={type} page={data} error={error} now={dataUpdatedAt} />;
  }
  return (
    <Panel flush>
      {data !== undefined ? (
        <EmptyState icon={SearchX} title="No such task type">
          No task named <code className="break-all font-mono text-xs">{name}</code> is registered, or has been
          sent or received.
        </EmptyState>
      ) : error === null ? (
        <SkeletonRows rows={8} label="Loading the task type" />
      ) : (
        <ErrorState title="The task type can't be shown" error={error} onRetry={() => void refetch()} />
      )}
    </Panel>
  );
}

interface TypeBodyProps {
  type: TaskType;
  page: TaskTypePage;
  error: Error | null;
  now: number;
}

function TypeBody({ type, page, error, now }: TypeBodyProps) {
  const { name } = type;
  return (
    <>
      <PageHeader
        title={<BreakableName name={name} />}
        description={<TypeOrigin type={type} />}
        actions={
          <>
            <Link href={toTasksHref({ name: [name] })} className={buttonClass({})}>
              <ListFilter className="size-3.5" aria-hidden />
              Its tasks
            </Link>
            <Link href={toTasksHref({ name: [name], state: ["FAILURE"] })} className={buttonClass({})}>
              <CircleX className="size-3.5" aria-hidden />
              Failed ones
            </Link>
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {error === null ? null : (
          <Notice tone="red" icon={TriangleAlert} role="alert">
            This is an earlier look: {error.message}
          </Notice>
        )}
        <TypeRemarks page={page} type={type} now={now} />
        <NumbersPanel of="type" name={name} title="Over time" />
      </div>
    </>
  );
}
