"use client";

import { Clock, EyeOff, TriangleAlert } from "lucide-react";
import { useNow } from "@/components/live/clock";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import type { Queue } from "@/lib/api/schemas/queues";
import { formatCounted } from "@/lib/format/count";

/** The collector looks each second; after this long the figures are called old. */
const OLD_AFTER_MS = 20_000;

/** What a person should know before the figures: nobody consumes, the figures are old, some can't be known. */
export function QueueNotices({ queue }: { queue: Queue }) {
  const now = useNow();
  const isOld = now !== null && now - Date.parse(queue.sampledAt) > OLD_AFTER_MS;
  return (
    <>
      {!isOld && queue.depth > 0 && queue.consumers === 0 ? (
        <Notice tone="red" icon={TriangleAlert} role="status">
          <strong className="font-semibold">
            {formatCounted(queue.depth, "message")} {queue.depth === 1 ? "waits" : "wait"} and nobody consumes
            this queue.
          </strong>{" "}
          Start a worker with <code className="break-all font-mono text-xs">--queues {queue.name}</code>, or
          have one that runs consume it.
        </Notice>
      ) : null}
      {isOld ? (
        <Notice tone="amber" icon={Clock} role="status">
          These figures are from <Instant at={queue.sampledAt} form="clock" />: since then this queue has not
          been seen. It was deleted, or the broker or the collector is away.
        </Notice>
      ) : null}
      {queue.source === "amqp" ? (
        <Notice tone="gray" icon={EyeOff}>
          RabbitMQ's management API does not answer (RABBITMQ_MANAGEMENT_URL), so unacknowledged messages,
          rates and priorities are unknown.
        </Notice>
      ) : null}
    </>
  );
}
