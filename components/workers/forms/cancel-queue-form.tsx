"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { CommandForm } from "@/components/control/command-form";
import { Notice } from "@/components/ui/notice";
import { queueListQuery } from "@/lib/api/queries/queues";
import { formatCounted } from "@/lib/format/count";

interface CancelQueueFormProps {
  hostname: string;
  queue: string;
  onClose: () => void;
}

/** Whether a worker stops consuming a queue. */
export function CancelQueueForm({ hostname, queue, onClose }: CancelQueueFormProps) {
  const { data: queues } = useQuery(queueListQuery());
  const known = queues?.items.find(({ name }) => name === queue);
  const isShared = known?.consumedBy.some((name) => name !== hostname);
  return (
    <CommandForm
      hostname={hostname}
      command="cancel-consumer"
      body={{ queue }}
      confirm={`Stop consuming ${queue}`}
      isDangerous
      caution={
        known !== undefined && !isShared ? (
          <Notice tone="amber" icon={TriangleAlert}>
            No other worker consumes it.{" "}
            {known.depth === 0 ? "What is sent to it" : formatCounted(known.depth, "task")} will wait.
          </Notice>
        ) : null
      }
      onClose={onClose}
    />
  );
}
