"use client";

import { ChartLine, TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Pill } from "@/components/ui/pill";
import { TABLE } from "@/components/ui/table";
import { toQueueHref } from "@/lib/api/queries/queues";
import { toTasksHref } from "@/lib/api/queries/task-params";
import type { Queue } from "@/lib/api/schemas/queues";
import { formatCount } from "@/lib/format/count";
import { formatRate } from "@/lib/format/rate";
import { describeOldest } from "./describe-oldest";

interface QueueTableProps {
  queues: readonly Queue[];
  /** The queue whose history is shown. */
  shown: string | null;
  onShow: (name: string) => void;
}

/** A row a queue, whose name leads to its page; its history is shown above on request. */
export function QueueTable({ queues, shown, onShow }: QueueTableProps) {
  const deepest = Math.max(1, ...queues.map((queue) => queue.depth));
  return (
    <table className={classNames(TABLE.table, "table-fixed [&_tbody>tr:last-child>td]:border-b-0")}>
      <caption className="sr-only">Queues</caption>
      <thead>
        <tr>
          <th scope="col" className={TABLE.head}>
            Queue
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-48 text-right max-sm:w-20")}>
            Waiting
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-36 text-right max-sm:w-24 max-sm:pr-4")}>
            Oldest
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-28 text-right max-md:hidden")}>
            Unacked
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-24 text-right max-md:hidden")}>
            In
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-24 text-right max-md:hidden")}>
            Out
          </th>
          <th scope="col" className={classNames(TABLE.head, "w-52 pl-6 max-lg:hidden")}>
            Consumers
          </th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <QueueRow
            key={queue.name}
            queue={queue}
            deepest={deepest}
            isShown={queue.name === shown}
            onShow={onShow}
          />
        ))}
      </tbody>
    </table>
  );
}

interface QueueRowProps {
  queue: Queue;
  deepest: number;
  isShown: boolean;
  onShow: (name: string) => void;
}

function QueueRow({ queue, deepest, isShown, onShow }: QueueRowProps) {
  return (
    <tr className={classNames(TABLE.row, isShown && "bg-selected hover:bg-selected")}>
      <td className={TABLE.cell}>
        <span className="flex min-w-0 items-center gap-2">
          <Button
            variant="ghost"
            size="small-icon"
            aria-pressed={isShown}
            aria-label={`Show the history of ${queue.name}`}
            title={`Show the history of ${queue.name}`}
            onClick={() => onShow(queue.name)}
            className="-ml-1.5 aria-pressed:text-ink"
          >
            <ChartLine className="size-3.5" aria-hidden />
          </Button>
          <Link
            href={toQueueHref(queue.name)}
            title={queue.name}
            className="truncate rounded font-medium underline-offset-2 hover:underline"
          >
            {queue.name}
          </Link>
          <span className="shrink-0 text-ink-muted text-xs max-md:hidden">{describePriorities(queue)}</span>
        </span>
      </td>
      <td className={classNames(TABLE.cell, TABLE.number)}>
        <span className="flex items-center justify-end gap-3">
          <span aria-hidden className="h-1.5 w-24 overflow-hidden rounded-full bg-gray-soft max-sm:hidden">
            <span
              className="block h-full rounded-full bg-blue-solid"
              style={{ width: `${(queue.depth / deepest) * 100}%` }}
            />
          </span>
          <span className="font-medium">{formatCount(queue.depth)}</span>
        </span>
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "max-sm:pr-4")}>{describeOldest(queue)}</td>
      <td className={classNames(TABLE.cell, TABLE.number, "max-md:hidden")}>
        {queue.unacked === null ? "–" : formatCount(queue.unacked)}
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "text-ink-muted max-md:hidden")}>
        {queue.publishPerSecond === null ? "–" : formatRate(queue.publishPerSecond)}
      </td>
      <td className={classNames(TABLE.cell, TABLE.number, "text-ink-muted max-md:hidden")}>
        {queue.ackPerSecond === null ? "–" : formatRate(queue.ackPerSecond)}
      </td>
      <td className={classNames(TABLE.cell, "pl-6 max-lg:hidden")}>
        <span className="flex items-center justify-between gap-2">
          <Consumers queue={queue} />
          <Link
            href={toTasksHref({ queue: [queue.name] })}
            className="rounded text-ink-muted text-xs underline-offset-2 hover:underline"
          >
            Tasks
          </Link>
        </span>
      </td>
    </tr>
  );
}

function Consumers({ queue }: { queue: Queue }) {
  if (queue.consumers === null) return <span className="text-ink-faint">unknown</span>;
  if (queue.consumers === 0 && queue.depth > 0)
    return <Pill tone="red" icon={TriangleAlert} label="No consumer" />;
  return (
    <span className="truncate" title={queue.consumedBy.join(", ")}>
      {queue.consumers === 0 ? <span className="text-ink-faint">none</span> : formatCount(queue.consumers)}
    </span>
  );
}

/** Depth a priority, where more than one is in use: `30 at 0, 20 at 3`. */
function describePriorities({ byPriority }: Queue): string | null {
  const used = Object.entries(byPriority ?? {}).filter(([, depth]) => depth > 0);
  if (used.length < 2) return null;
  return used.map(([priority, depth]) => `${formatCount(depth)} at priority ${priority}`).join(", ");
}
