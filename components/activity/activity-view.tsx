"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History, X } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { actionListQuery } from "@/lib/api/queries/control";
import { ActionTable } from "./action-table";

/** What people did to the cluster from here, newest first; to one worker, task or queue where the address names it. */
export function ActivityView() {
  const [target, setTarget] = useQueryState("target", parseAsString);
  return (
    <>
      <PageHeader
        title="Activity"
        description="What was done to workers, tasks and queues from here: by whom, when, and what came of it."
        actions={
          target === null ? undefined : (
            <Button onClick={() => void setTarget(null)}>
              <span className="max-w-64 truncate">Only {target}</span>
              <X className="size-3.5" aria-hidden />
              <span className="sr-only">Show all</span>
            </Button>
          )
        }
      />
      <Panel flush>
        <Actions target={target} />
      </Panel>
    </>
  );
}

function Actions({ target }: { target: string | null }) {
  const list = useInfiniteQuery(actionListQuery(target));
  if (list.isPending) return <SkeletonRows rows={6} label="Loading activity" />;
  if (list.data === undefined) {
    return (
      <ErrorState title="Activity can't be shown" error={list.error} onRetry={() => void list.refetch()} />
    );
  }
  const actions = list.data.pages.flatMap((page) => page.items);
  if (actions.length === 0) {
    return (
      <EmptyState
        icon={History}
        title={target === null ? "Nothing was done yet" : `Nothing was done to ${target}`}
      >
        Shut a worker down, grow its pool, revoke a task: each such action stays here, with who did it and
        what the worker answered.
      </EmptyState>
    );
  }
  return (
    <>
      <ActionTable actions={actions} />
      <LoadMore list={list} />
    </>
  );
}
