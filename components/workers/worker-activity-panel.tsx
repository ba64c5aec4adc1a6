"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ActionOutcome } from "@/components/activity/action-outcome";
import { describeAction } from "@/components/activity/describe-action";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { actionListQuery } from "@/lib/api/queries/control";

const SHOWN = 5;

/** What was done to a worker lately; nothing where nothing was. */
export function WorkerActivityPanel({ hostname }: { hostname: string }) {
  const { data } = useInfiniteQuery(actionListQuery(hostname));
  const actions = data?.pages[0]?.items.slice(0, SHOWN) ?? [];
  if (actions.length === 0) return null;
  return (
    <Panel
      title="Activity"
      flush
      actions={
        <Link
          href={`/activity?target=${encodeURIComponent(hostname)}`}
          className="rounded text-ink-muted hover:text-ink hover:underline"
        >
          Show all
        </Link>
      }
    >
      <ul className="divide-y border-t text-sm">
        {actions.map((action) => (
          <li key={action.id} className="flex flex-col gap-0.5 px-4 py-2">
            <span className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">{describeAction(action)}</span>
              <ActionOutcome succeeded={action.succeeded} />
            </span>
            <span className="flex gap-2 text-ink-muted text-xs">
              <span className="min-w-0 flex-1 truncate" title={action.result ?? undefined}>
                {action.result}
              </span>
              <span className="shrink-0">
                <Instant at={action.at} form="age" /> by {action.actor}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
