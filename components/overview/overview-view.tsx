"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { EventLosses } from "./event-losses";
import { NewestFailures } from "./newest-failures";
import { OVERVIEW_RANGES } from "./overview-ranges";
import { QueueDepthPanel } from "./queue-depth-panel";
import { RunningBatches } from "./running-batches";
import { ThroughputPanel } from "./throughput-panel";
import { WorkerSummary } from "./worker-summary";

const parseRange = parseAsStringLiteral(OVERVIEW_RANGES.map((range) => range.value)).withDefault("1h");

/** How the cluster does now, and did a while ago. */
export function OverviewView() {
  const [value, setValue] = useQueryState("range", parseRange);
  const range = OVERVIEW_RANGES.find((one) => one.value === value) ?? OVERVIEW_RANGES[1];
  return (
    <>
      <PageHeader
        title="Overview"
        actions={
          <Select
            label="Range"
            options={OVERVIEW_RANGES}
            value={value}
            onChange={(next) => void setValue(next === "1h" ? null : next)}
          />
        }
      />
      <EventLosses />
      <div className="grid gap-4 lg:grid-cols-2">
        <ThroughputPanel range={range} />
        <QueueDepthPanel range={range} />
        <div className="contents lg:col-span-2">
          <RunningBatches />
        </div>
      </div>
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_26rem]">
        <NewestFailures />
        <WorkerSummary />
      </div>
    </>
  );
}
