import { Panel } from "@/components/ui/panel";
import type { Queue } from "@/lib/api/schemas/queues";
import { formatCount } from "@/lib/format/count";

/** How many messages wait at each priority, in the order in which they are served; nothing for a queue without priorities. */
export function PrioritiesPanel({ queue }: { queue: Queue }) {
  if (queue.byPriority === null) return null;
  const isRedis = queue.source === "redis";
  const used = Object.entries(queue.byPriority)
    .map(([priority, depth]) => ({ priority: Number(priority), depth }))
    .filter(({ depth }) => depth > 0)
    .sort((a, b) => (isRedis ? a.priority - b.priority : b.priority - a.priority));
  const deepest = Math.max(1, ...used.map(({ depth }) => depth));
  return (
    <Panel title="Priorities">
      {used.length === 0 ? (
        <p className="text-ink-muted text-sm">Nothing waits at any priority.</p>
      ) : (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1.5 text-sm">
          {used.map(({ priority, depth }) => (
            <div key={priority} className="contents">
              <dt className="tabular text-ink-muted">{priority}</dt>
              <dd aria-hidden className="h-1.5 overflow-hidden rounded-full bg-gray-soft">
                <span
                  className="block h-full rounded-full bg-blue-solid"
                  style={{ width: `${(depth / deepest) * 100}%` }}
                />
              </dd>
              <dd className="tabular text-right font-medium">{formatCount(depth)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="mt-2 text-ink-faint text-xs">
        {isRedis ? "On Redis 0 is served first." : "On RabbitMQ the largest is served first."}
      </p>
    </Panel>
  );
}
