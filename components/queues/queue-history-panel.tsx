"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { TimeChart } from "@/components/charts/time-chart";
import { ChartFrame } from "@/components/overview/chart-frame";
import { OVERVIEW_RANGES } from "@/components/overview/overview-ranges";
import { Select } from "@/components/ui/select";
import { queueHistoryQuery } from "@/lib/api/queries/queues";

const DEPTH = [
  { key: "depth", label: "waiting", color: "var(--color-series-1)" },
  { key: "unacked", label: "unacknowledged", color: "var(--color-series-2)" },
];
const AGE = [{ key: "age", label: "oldest waiting, seconds", color: "var(--color-series-4)" }];
const parseRange = parseAsStringLiteral(OVERVIEW_RANGES.map((range) => range.value)).withDefault("1h");

interface QueueHistoryPanelProps {
  name: string;
  /** The queue's name unless said. */
  title?: string;
}

/** Depth and age of the oldest message of one queue over time. */
export function QueueHistoryPanel({ name, title = name }: QueueHistoryPanelProps) {
  const [value, setValue] = useQueryState("range", parseRange);
  const range = OVERVIEW_RANGES.find((one) => one.value === value) ?? OVERVIEW_RANGES[1];
  const { data, isPending, error, refetch } = useQuery(
    queueHistoryQuery(name, { minutes: range.minutes, points: range.points }),
  );
  const points = data?.points ?? [];
  const isAgeUnknown =
    points.length > 0 && points.every(({ oldestWaitingSeconds }) => oldestWaitingSeconds === null);
  return (
    <ChartFrame
      title={title}
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
      <div className="grid gap-6 lg:grid-cols-2">
        <TimeChart
          label={`Depth of ${name}, ${range.label.toLowerCase()}`}
          kind="lines"
          spanMs={range.minutes * 60_000}
          series={DEPTH}
          points={points.map(({ at, depth, unacked }) => ({
            at: Date.parse(at),
            values: { depth, unacked },
          }))}
        />
        {isAgeUnknown ? (
          <p className="self-center text-center text-ink-muted text-sm">
            How long the oldest message has waited is not known in this time.
          </p>
        ) : (
          <TimeChart
            label={`Age of the oldest message of ${name}, ${range.label.toLowerCase()}`}
            kind="lines"
            spanMs={range.minutes * 60_000}
            series={AGE}
            points={points.map(({ at, oldestWaitingSeconds }) => ({
              at: Date.parse(at),
              values: { age: oldestWaitingSeconds },
            }))}
          />
        )}
      </div>
    </ChartFrame>
  );
}
