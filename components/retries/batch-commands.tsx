"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ban, Pause, Play } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { healthQuery } from "@/lib/api/queries/health";
import { type BatchCommand, commandBatch, redispatchKeys } from "@/lib/api/queries/redispatches";
import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCounted } from "@/lib/format/count";

/** Pause, resume, cancel: those that the batch's state allows. */
export function BatchCommands({ batch }: { batch: Batch }) {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { data: health } = useQuery(healthQuery());
  const command = useMutation({
    mutationFn: (which: BatchCommand) => commandBatch(batch.id, which),
    onError: (error) => toast.error(error.message),
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: redispatchKeys.all });
    },
  });
  if (batch.state !== "running" && batch.state !== "paused") return null;
  const isDisabled = command.isPending || health?.readOnly === true;
  const left = batch.total - batch.dispatched - batch.skipped - batch.failed;
  return (
    <div className="flex items-center gap-2">
      {batch.state === "running" ? (
        <Button disabled={isDisabled} onClick={() => command.mutate("pause")}>
          <Pause className="size-3.5" aria-hidden />
          Pause
        </Button>
      ) : (
        <Button variant="primary" disabled={isDisabled} onClick={() => command.mutate("resume")}>
          <Play className="size-3.5" aria-hidden />
          Resume
        </Button>
      )}
      <Button variant="danger" disabled={isDisabled} onClick={() => setAsking(true)}>
        <Ban className="size-3.5" aria-hidden />
        Cancel
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Cancel this retry?"
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button variant="danger" busy={command.isPending} onClick={() => command.mutate("cancel")}>
              Leave {formatCounted(left, "task")} unsent
            </Button>
          </>
        }
      >
        <p className="text-ink-muted text-sm">
          What was sent already runs on. {formatCounted(left, "task")} that wait will not be sent; they can be
          retried later like any other.
        </p>
      </Dialog>
    </div>
  );
}
