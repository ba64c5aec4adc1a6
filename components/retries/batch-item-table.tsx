import {
  ArrowRight,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  type LucideIcon,
  SkipForward,
  TriangleAlert,
} from "lucide-react";
import { BLOCKED_WORDS } from "@/components/redispatch/block-reasons";
import { classNames } from "@/components/ui/class-names";
import { DataTable } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { Pill } from "@/components/ui/pill";
import { TABLE } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import { toTaskHref } from "@/lib/api/queries/task-params";
import { type BatchItem, BLOCK_REASONS } from "@/lib/api/schemas/redispatches";
import { formatShortId } from "@/lib/format/id";

const COLUMNS = [
  { title: "Outcome", className: "w-34" },
  { title: "Task" },
  { title: "Queue", className: "w-28 max-md:hidden" },
  { title: "Old id → new id", className: "w-60 max-sm:hidden" },
] as const;

/** Old id, new id and outcome of each task. */
export function BatchItemTable({ items }: { items: readonly BatchItem[] }) {
  return (
    <DataTable caption="Tasks of this retry" columns={COLUMNS}>
      {items.map((item) => (
        <tr key={item.originalId} className={TABLE.row}>
          <td className={TABLE.cell}>
            <Pill {...lookOfItem(item)} />
          </td>
          <td className={TABLE.cell}>
            <Link
              href={toTaskHref(item.newId ?? item.originalId)}
              className="rounded font-medium underline-offset-2 hover:underline"
            >
              {item.name ?? "without a name"}
            </Link>
            <Explanation item={item} />
          </td>
          <td className={classNames(TABLE.cell, "max-md:hidden")}>{item.queue}</td>
          <td className={classNames(TABLE.cell, "font-mono text-xs max-sm:hidden")}>
            <TaskLink id={item.originalId} />
            {item.newId === null ? null : (
              <>
                <ArrowRight className="mx-1 inline size-3 text-ink-faint" aria-label="sent again as" />
                <TaskLink id={item.newId} />
              </>
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

/** Why it wasn't sent, or what it failed with. */
function Explanation({ item: { reason, error } }: { item: BatchItem }) {
  const text = reason === null ? error : describeReason(reason);
  if (text === null) return null;
  return (
    <span title={text} className="ml-2 text-ink-muted text-xs">
      {text}
    </span>
  );
}

function TaskLink({ id }: { id: string }) {
  return (
    <Link
      href={toTaskHref(id)}
      title={id}
      className="rounded text-ink-muted underline underline-offset-2 hover:text-ink"
    >
      {formatShortId(id)}
    </Link>
  );
}

function lookOfItem({ status, outcome, doubtful }: BatchItem): {
  tone: Tone;
  icon: LucideIcon;
  label: string;
} {
  if (doubtful) return { tone: "amber", icon: CircleHelp, label: "Perhaps sent" };
  if (status === "skipped") return { tone: "gray", icon: SkipForward, label: "Left out" };
  if (status === "failed") return { tone: "amber", icon: TriangleAlert, label: "Not sent" };
  if (status === "waiting") return { tone: "gray", icon: CircleDashed, label: "Waiting" };
  if (outcome === "succeeded") return { tone: "green", icon: CircleCheck, label: "Succeeded" };
  if (outcome === "failed") return { tone: "red", icon: CircleX, label: "Failed again" };
  return { tone: "blue", icon: CircleDashed, label: "Sent" };
}

/** The words for a known reason; any other is shown as the server gave it. */
function describeReason(reason: string): string {
  const known = BLOCK_REASONS.find((one) => one === reason);
  return known === undefined ? (OWN_REASONS[reason] ?? reason) : BLOCKED_WORDS[known].one;
}

/** Reasons that only a batch under way has. */
const OWN_REASONS: Readonly<Record<string, string>> = {
  cancelled: "the retry was cancelled",
  changed: "it has changed since the preview",
  "sent-again": "may not have been sent; a later retry sent it again",
};
