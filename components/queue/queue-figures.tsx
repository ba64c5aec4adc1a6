import { describeOldest } from "@/components/queues/describe-oldest";
import { classNames } from "@/components/ui/class-names";
import type { Queue } from "@/lib/api/schemas/queues";
import { formatCount } from "@/lib/format/count";
import { formatRate } from "@/lib/format/rate";

/** How the queue is now. */
export function QueueFigures({ queue }: { queue: Queue }) {
  const isUnattended = queue.depth > 0 && queue.consumers === 0;
  const figures: [label: string, value: string, hint: string, isAlarming?: boolean][] = [
    ["Waiting", formatCount(queue.depth), "messages that no worker has taken"],
    ["Oldest", describeOldest(queue), "how long the oldest message has waited"],
    ["Unacknowledged", writeCount(queue.unacked), "messages that workers hold"],
    ["In", writeRate(queue.publishPerSecond), "messages published"],
    ["Out", writeRate(queue.ackPerSecond), "messages acknowledged"],
    ["Consumers", writeCount(queue.consumers), "who take messages", isUnattended],
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line shadow-raised sm:grid-cols-3 xl:grid-cols-6">
      {figures.map(([label, value, hint, isAlarming = false]) => (
        <div key={label} title={hint} className="flex flex-col bg-surface px-4 py-2.5">
          <dt className="text-ink-muted text-xs">{label}</dt>
          <dd className={classNames("tabular truncate font-semibold text-lg", isAlarming && "text-red")}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function writeCount(count: number | null): string {
  return count === null ? "unknown" : formatCount(count);
}

function writeRate(rate: number | null): string {
  return rate === null ? "unknown" : formatRate(rate);
}
