import { ExternalLink } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { FoldedTable } from "@/components/ui/folded-table";
import { Link } from "@/components/ui/link";
import { TABLE } from "@/components/ui/table";
import { toTaskHref } from "@/lib/api/queries/task-params";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { formatCount, formatCounted } from "@/lib/format/count";

const COLUMNS = [
  { title: "Error" },
  { title: "Tasks", className: "w-20 text-right max-sm:w-16" },
  { title: "Sent", className: "w-20 text-right max-sm:w-16" },
  { title: "One of them", className: "w-11", isTitleHidden: true },
] as const;

/** The tasks by what they failed with: the message without what differs from task to task. */
export function PreviewByError({ byError, otherErrors }: Pick<Preview, "byError" | "otherErrors">) {
  return (
    <div className="flex flex-col gap-2">
      <FoldedTable
        caption="The tasks by error"
        columns={COLUMNS}
        rows={byError.map((row) => (
          <tr key={row.fingerprint} className="[&>td]:h-11">
            <td className={TABLE.cell} title={`${row.exceptionType ?? "No error is stored"} ${row.message}`}>
              <span
                className={
                  row.exceptionType === null
                    ? "text-ink-muted"
                    : "block truncate font-medium max-sm:whitespace-normal max-sm:break-words"
                }
              >
                {row.exceptionType ?? "No error is stored"}
              </span>
              <span className="block truncate font-mono text-ink-muted text-xs max-sm:line-clamp-3 max-sm:whitespace-normal max-sm:break-words">
                {row.message}
              </span>
            </td>
            <td className={classNames(TABLE.cell, TABLE.number)}>{formatCount(row.count)}</td>
            <td className={classNames(TABLE.cell, TABLE.number, row.ready < row.count && "text-amber")}>
              {formatCount(row.ready)}
            </td>
            <td className={classNames(TABLE.cell, "pl-0")}>
              <Link
                href={toTaskHref(row.exampleId)}
                target="_blank"
                title="Open one of them"
                aria-label={`One of them: ${row.exceptionType ?? "no error"} ${row.message}`}
                className="grid size-7 place-items-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
              >
                <ExternalLink className="size-3.5" aria-hidden />
              </Link>
            </td>
          </tr>
        ))}
      />
      {otherErrors === 0 ? null : (
        <p className="text-ink-muted text-sm">
          {formatCounted(otherErrors, "task")} with still other errors.
        </p>
      )}
    </div>
  );
}
