"use client";

import { ClockAlert, TriangleAlert } from "lucide-react";
import { ChartFrame } from "@/components/overview/chart-frame";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { NumbersHistory } from "@/lib/api/schemas/numbers";
import type { TaskFilter } from "@/lib/api/schemas/tasks";
import { formatCounted } from "@/lib/format/count";
import type { NumbersOf } from "@/lib/numbers/task-numbers";
import { EndedChart } from "./ended-chart";
import { NUMBERS_RANGES } from "./numbers-ranges";
import { PercentilesChart } from "./percentiles-chart";
import { useNumbers } from "./use-numbers";

interface NumbersPanelProps {
  of: NumbersOf;
  name: string;
  title: string;
}

/** What the tasks of a type, queue or worker did over time: how many ended, how long they waited and ran. */
export function NumbersPanel({ of, name, title }: NumbersPanelProps) {
  const { query, range, setRange } = useNumbers(of, name);
  const { data, isPending, error, refetch, isPlaceholderData } = query;
  return (
    <ChartFrame
      title={title}
      actions={<Select label="Range" options={NUMBERS_RANGES} value={range.value} onChange={setRange} />}
      query={{ isPending, error, refetch, hasData: data !== undefined }}
    >
      {data === undefined ? null : (
        <div className={isPlaceholderData ? "opacity-60" : undefined}>
          {error === null ? null : (
            <Notice tone="red" icon={TriangleAlert} role="alert" className="mb-3">
              This is an earlier look: {error.message}
            </Notice>
          )}
          <Charts of={of} name={name} history={data} label={range.label} spanMs={range.minutes * 60_000} />
          <Remarks history={data} />
        </div>
      )}
    </ChartFrame>
  );
}

interface ChartsProps extends Omit<NumbersPanelProps, "title"> {
  history: NumbersHistory;
  label: string;
  spanMs: number;
}

const NEEDS_SENT =
  "Not measured: it takes task-sent events. Set task_send_sent_event = True in Celery to have them sent.";

function Charts({ of, name, history, label, spanMs }: ChartsProps) {
  const filter: TaskFilter = of === "type" ? { name: [name] } : { [of]: [name] };
  const whose = `of ${name}, ${label.toLowerCase()}`;
  const common = { of: whose, history, spanMs };
  const isQuiet = history.total.succeeded + history.total.failed + history.total.retried === 0;
  const quiet = "No task succeeded in this time.";
  return (
    <div className="grid gap-x-6 gap-y-6 lg:grid-cols-2">
      <EndedChart of={whose} history={history} filter={filter} />
      <PercentilesChart {...common} title="Run time" duration="runtime">
        {quiet}
      </PercentilesChart>
      <PercentilesChart {...common} title="Wait in the queue" duration="queueWait">
        {isQuiet && of !== "queue" ? "No task was received in this time." : NEEDS_SENT}
      </PercentilesChart>
      <PercentilesChart {...common} title="Wait in the worker" duration="workerWait">
        No task was started in this time.
      </PercentilesChart>
    </div>
  );
}

/** A share of the durations from which on it is a problem of the machines' clocks. */
const MANY_SKEWED = 0.01;

/** What the charts can't show. */
function Remarks({ history: { total, keptSince, from, relativeError } }: { history: NumbersHistory }) {
  const measured = total.queueWait.count + total.workerWait.count + total.runtime.count;
  const leftOut = `${formatCounted(total.skewed, "duration")} left out, in which a task arrives before it was sent.`;
  return (
    <div className="mt-3 flex flex-col gap-2 text-ink-muted text-xs">
      {total.skewed > measured * MANY_SKEWED ? (
        <Notice tone="amber" icon={ClockAlert} role="status">
          {leftOut} The clocks of the machines disagree.
        </Notice>
      ) : null}
      <p>
        Percentiles are within {relativeError * 100}% of the exact value.
        {keptSince !== null && keptSince > from ? (
          <>
            {" "}
            Counted since <Instant at={keptSince} />.
          </>
        ) : null}
        {total.skewed > 0 && total.skewed <= measured * MANY_SKEWED ? ` ${leftOut}` : null}
      </p>
    </div>
  );
}
