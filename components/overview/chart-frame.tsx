import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";

interface ChartFrameProps {
  title: string;
  actions?: ReactNode;
  query: { isPending: boolean; error: Error | null; hasData: boolean; refetch: () => unknown };
  children: ReactNode;
}

/** A panel with a chart, in each condition of what it shows. */
export function ChartFrame({ title, actions, query, children }: ChartFrameProps) {
  return (
    <Panel title={title} actions={actions}>
      {query.hasData ? (
        children
      ) : query.error !== null ? (
        <ErrorState
          title={`${title} can't be shown`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <div role="status" aria-label={`Loading ${title.toLowerCase()}`}>
          <Skeleton className="h-50 w-full" />
        </div>
      )}
    </Panel>
  );
}
