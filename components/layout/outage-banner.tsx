"use client";

import { useQuery } from "@tanstack/react-query";
import { Eye, PlugZap, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { useNow, useZone } from "@/components/live/clock";
import { Notice } from "@/components/ui/notice";
import { healthQuery } from "@/lib/api/queries/health";
import type { Health } from "@/lib/api/schemas/health";
import { formatWholeDuration } from "@/lib/format/duration";
import { formatClock } from "@/lib/format/instant";

/** What is away now, since when, and what still works; nothing when all is well. */
export function OutageBanner() {
  const { data: health, error, dataUpdatedAt } = useQuery(healthQuery());
  return (
    <div className="mx-auto flex max-w-[110rem] flex-col gap-2 px-3 not-empty:pt-3 sm:px-6">
      {error === null ? null : (
        <Notice tone="red" icon={Unplug} role="alert">
          <strong className="font-semibold">The state of this Celeriac is unknown.</strong> {error.message}
          {dataUpdatedAt > 0 ? (
            <Since at={new Date(dataUpdatedAt).toISOString()} prefix=" Last heard" />
          ) : null}
        </Notice>
      )}
      {health === undefined || error !== null ? null : <Outages health={health} />}
      {health?.readOnly ? (
        <Notice tone="gray" icon={Eye}>
          Read-only: this Celeriac shows everything and changes nothing (CELERIAC_READ_ONLY is set).
        </Notice>
      ) : null}
    </div>
  );
}

function Outages({ health }: { health: Health }) {
  return (
    <>
      {health.broker.connected ? null : (
        <Outage name="The broker" since={health.broker.since} error={health.broker.error}>
          History still works; queues, workers and retries show what was known then.
        </Outage>
      )}
      {health.results === null || health.results.connected ? null : (
        <Outage name="The result database" since={health.results.since} error={health.results.error}>
          Tasks known from events can still be read: switch the source to events.
        </Outage>
      )}
      {health.store.connected ? null : (
        <Outage name="Celeriac's own database" since={health.store.since} error={health.store.error}>
          Nothing new is being recorded.
        </Outage>
      )}
      {health.collector.active || !health.store.connected ? null : (
        <Notice tone="amber" icon={PlugZap} role="status">
          <strong className="font-semibold">No collector is running.</strong> Live data stands still and
          retries wait. Start one with <code className="font-mono text-xs">celeriac collector</code>.
        </Notice>
      )}
    </>
  );
}

interface OutageProps {
  name: string;
  since: string;
  error: string | null;
  /** What still works. */
  children: ReactNode;
}

function Outage({ name, since, error, children }: OutageProps) {
  return (
    <Notice tone="red" icon={Unplug} role="alert">
      <strong className="font-semibold">{name} is away</strong>
      <Since at={since} prefix=" since" /> {children}
      {error === null ? null : <span className="block font-mono text-xs opacity-80">{error}</span>}
    </Notice>
  );
}

function Since({ at, prefix }: { at: string; prefix: string }) {
  const zone = useZone();
  const now = useNow();
  if (zone === null || now === null) return null;
  const ms = Date.parse(at);
  return (
    <>
      {prefix} <time dateTime={at}>{formatClock(ms, zone, now)}</time>
      {/* The seconds tick; a screen reader should hear the alert once, not each second. */}
      <span aria-hidden> ({formatWholeDuration((now - ms) / 1000)})</span>.
    </>
  );
}
