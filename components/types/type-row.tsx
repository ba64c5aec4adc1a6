"use client";

import { Sparkline } from "@/components/charts/sparkline";
import { classNames } from "@/components/ui/class-names";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { TABLE } from "@/components/ui/table";
import { toTasksHref } from "@/lib/api/queries/task-params";
import { toTypeHref } from "@/lib/api/queries/task-types";
import { formatCount, formatCounted } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import { formatShare } from "@/lib/format/rate";
import { formatSlowRate } from "@/lib/format/slow-rate";
import { TypeMarks } from "./type-marks";
import type { TypeRowData } from "./type-row-data";

const LINK = "rounded underline-offset-2 hover:underline";

interface TypeRowProps {
  row: TypeRowData;
  /** Since when it is counted, ISO 8601. */
  from: string;
}

/** A type: how often it runs and fails, how long it takes, and what is odd about it. */
export function TypeRow({ row: { type, marks, ended, perSecond }, from }: TypeRowProps) {
  const { name, counts, runtime, registeredOn } = type;
  const newKwargs = type.newKwargs.map((kwarg) => kwarg.name);
  const number = classNames(TABLE.cell, TABLE.number);
  return (
    <tr className={classNames(TABLE.row, marks.length > 0 && "max-xl:[&>td]:h-14")}>
      <td className={TABLE.cell}>
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={toTypeHref(name)}
            title={name}
            className={classNames(LINK, "min-w-16 truncate font-medium")}
          >
            {name}
          </Link>
          <span className="flex min-w-0 shrink-0 items-center gap-1.5 max-xl:hidden">
            <TypeMarks marks={marks} newKwargs={newKwargs} />
          </span>
        </span>
        {marks.length === 0 ? null : (
          <span className="mt-0.5 flex min-w-0 items-center gap-1.5 xl:hidden">
            <TypeMarks marks={marks} newKwargs={newKwargs} />
          </span>
        )}
      </td>
      <td className={classNames(TABLE.cell, "max-lg:hidden")}>
        <Sparkline
          label={`${formatCounted(counts.SUCCESS, "task")} succeeded, ${formatCount(counts.FAILURE)} failed`}
          bars={type.steps}
        />
      </td>
      <td className={number} title={formatCounted(ended, "finished task")}>
        {ended === 0 ? <span className="text-ink-faint">0</span> : formatSlowRate(perSecond)}
      </td>
      <td className={classNames(number, "max-sm:pr-4")}>
        <Failed name={name} failed={counts.FAILURE} ended={ended} from={from} />
      </td>
      <td className={classNames(number, "text-ink-muted max-md:hidden")}>{writeSeconds(runtime.p50)}</td>
      <td className={classNames(number, "max-sm:hidden")}>{writeSeconds(runtime.p95)}</td>
      <td className={classNames(number, "text-ink-muted max-md:hidden")}>{writeSeconds(runtime.p99)}</td>
      <td className={classNames(number, "max-lg:hidden")} title={registeredOn.join(", ")}>
        {registeredOn.length === 0 ? <span className="text-ink-faint">none</span> : registeredOn.length}
      </td>
      <td className={classNames(number, "text-ink-muted max-xl:hidden")}>
        {type.lastSeenAt === null ? (
          <span className="text-ink-faint">not heard of</span>
        ) : (
          <Instant at={type.lastSeenAt} form="age" />
        )}
      </td>
      <td className={classNames(TABLE.cell, "text-right max-md:hidden")}>
        <Link
          href={toTasksHref({ name: [name] })}
          aria-label={`Tasks of ${name}`}
          className={classNames(LINK, "text-ink-muted text-xs")}
        >
          Tasks
        </Link>
      </td>
    </tr>
  );
}

interface FailedProps {
  name: string;
  failed: number;
  ended: number;
  from: string;
}

function Failed({ name, failed, ended, from }: FailedProps) {
  const share = formatShare(failed, ended);
  if (share === null) return <span className="text-ink-faint">–</span>;
  if (failed === 0) return <span className="text-ink-faint">0%</span>;
  return (
    <Link
      href={toTasksHref({ name: [name], state: ["FAILURE"], from })}
      title={`${formatCount(failed)} failed`}
      aria-label={`${share}: the ${formatCounted(failed, "failed task")} of ${name}`}
      className={classNames(LINK, "font-medium text-red")}
    >
      {share}
    </Link>
  );
}

function writeSeconds(seconds: number | null) {
  return seconds === null ? <span className="text-ink-faint">–</span> : formatDuration(seconds);
}
