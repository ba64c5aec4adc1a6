"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { TimeChart } from "@/components/charts/time-chart";
import { ChartFrame } from "@/components/overview/chart-frame";
import { OVERVIEW_RANGES } from "@/components/overview/overview-ranges";
import { Select } from "@/components/ui/select";
import { workerHistoryQuery } from "@/lib/api/queries/workers";
import { formatBytes } from "@/lib/format/bytes";

const MEMORY = [{ key: "memory", label: "peak memory of the main process", color: "var(--color-series-2)" }];
const LOAD = [{ key: "load", label: "load of its machine", color: "var(--color-series-3)" }];
const parseRange = parseAsStringLiteral(OVERVIEW_RANGES.map((range) => range.value)).withDefault("1h");
const MEGABYTE = 1024 * 1024;
/** Plotted in megabytes, so that the axis has round numbers of them. */
const formatMegabytes = (megabytes: number) => formatBytes(megabytes * MEGABYTE);
const formatLoad = (load: number) => load.toFixed(load < 10 ? 1 : 0);

/** Memory and load of one worker over time. */
export function WorkerHistoryPanel({ hostname }: { hostname: string }) {
  const [value, setValue] = useQueryState("range", parseRange);
  const range = OVERVIEW_RANGES.find((one) => one.value === value) ?? OVERVIEW_RANGES[1];
  const { data, isPending, error, refetch } = useQuery(
    workerHistoryQuery(hostname, { minutes: range.minutes, points: range.points }),
  );
  const points = data?.points ?? [];
  const common = { kind: "lines", spanMs: range.minutes * 60_000 } as const;
  return (
    <ChartFrame
      title="Memory and load"
      actions={
        <Select
          label="Range"
          options={OVERVIEW_RANGES}
          value={value}
          onChange={(next) => void setValue(next === "1h" ? null : next)}
        />
      }
      query={{ isPending, error, refetch, hasData: data !== undefined }}
    >
      <div className="grid gap-6 xl:grid-cols-2">
        <TimeChart
          {...common}
          label={`Peak memory of ${hostname}, ${range.label.toLowerCase()}`}
          format={formatMegabytes}
          series={MEMORY}
          points={points.map(({ at, maxRssBytes }) => ({
            at: Date.parse(at),
            values: { memory: maxRssBytes === null ? null : maxRssBytes / MEGABYTE },
          }))}
        />
        <TimeChart
          {...common}
          label={`Load of the machine of ${hostname}, ${range.label.toLowerCase()}`}
          format={formatLoad}
          series={LOAD}
          points={points.map(({ at, load }) => ({ at: Date.parse(at), values: { load } }))}
        />
      </div>
    </ChartFrame>
  );
}
