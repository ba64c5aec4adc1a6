"use client";

import { useQuery } from "@tanstack/react-query";
import { usePause } from "@/components/live/pause-provider";
import { Panel } from "@/components/ui/panel";
import { Pill } from "@/components/ui/pill";
import { waitingQuery } from "@/lib/api/queries/stuck";
import { WAITING_LOOKS } from "./waiting-look";

/** The worker that has the task is asked each time. */
const LOOK_EVERY_MS = 5_000;

/** Why a task that has not ended waits; nothing when it does not, or for nothing that is known. */
export function WaitingPanel({ id }: { id: string }) {
  const pause = usePause();
  const { data, error } = useQuery({
    ...waitingQuery(id),
    refetchInterval: () => (pause.isHeld ? false : LOOK_EVERY_MS),
  });
  if (data === undefined) {
    return error === null ? null : (
      <Panel title="Why it waits">
        <p className="text-ink-muted text-sm">This can't be told now: {error.message}</p>
      </Panel>
    );
  }
  if (data.reasons.length === 0) return null;
  return (
    <Panel title="Why it waits">
      <ul className="flex flex-col gap-2 text-sm">
        {data.reasons.map(({ reason, detail }) => (
          <li key={reason} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 sm:flex-nowrap">
            <span className="w-32 shrink-0">
              <Pill {...WAITING_LOOKS[reason]} />
            </span>
            <span className="min-w-0 break-words">{detail}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
