"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { healthQuery } from "@/lib/api/queries/health";
import { purgeQueue, queueKeys } from "@/lib/api/queries/queues";
import type { Queue } from "@/lib/api/schemas/queues";
import { formatCounted } from "@/lib/format/count";

/** Deletes what waits, after a confirmation that names the queue and the number. */
export function PurgeButton({ queue }: { queue: Queue }) {
  const client = useQueryClient();
  const { data: health } = useQuery(healthQuery());
  // The number that the dialog opened with: it holds still while the queue moves on. Null while it is closed.
  const [depth, setDepth] = useState<number | null>(null);
  const purge = useMutation({
    mutationFn: (expected: number) => purgeQueue(queue.name, expected),
    onSuccess: (purged) => {
      toast.success(`Purged ${formatCounted(purged, "message")} from ${queue.name}`);
      setDepth(null);
      return client.invalidateQueries({ queryKey: queueKeys.all });
    },
  });
  // Most often it was refused because the depth moved: from then on the newest is there to be confirmed.
  const offered = purge.isError ? queue.depth : (purge.variables ?? depth ?? 0);
  const isReadOnly = health?.readOnly ?? false;
  const open = () => {
    purge.reset();
    setDepth(queue.depth);
  };
  return (
    <>
      <Button
        variant="danger"
        disabled={isReadOnly || queue.depth === 0}
        title={isReadOnly ? "This Celeriac is read-only" : queue.depth === 0 ? "Nothing waits" : undefined}
        onClick={open}
      >
        <Trash2 className="size-3.5" aria-hidden />
        Purge
      </Button>
      <Dialog
        open={depth !== null}
        onOpenChange={(isOpen) => (isOpen ? open() : setDepth(null))}
        title={<span className="break-all">Purge {queue.name}?</span>}
        footer={
          <>
            <Button onClick={() => setDepth(null)}>Keep them</Button>
            <Button
              variant="danger"
              busy={purge.isPending}
              disabled={offered === 0}
              onClick={() => purge.mutate(offered)}
            >
              Purge {formatCounted(offered, "message")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3 text-ink-muted text-sm">
          {purge.error === null ? null : (
            <Notice tone="red" icon={CircleAlert} role="alert">
              {purge.error.message}
            </Notice>
          )}
          <p>
            This deletes {formatCounted(offered, "message")} that wait in{" "}
            <strong className="break-all font-semibold text-ink">{queue.name}</strong>. Their tasks will never
            run, and no result will say so. What workers hold already is not touched.
          </p>
          <p>
            If the depth moves before the purge, nothing is deleted.
            {queue.source === "redis"
              ? null
              : " RabbitMQ can't compare and delete in one step: what arrives in the moment between is deleted, too."}
          </p>
        </div>
      </Dialog>
    </>
  );
}
