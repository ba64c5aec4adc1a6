"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleHelp } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { healthQuery } from "@/lib/api/queries/health";
import { countDoubtsAsSent, redispatchKeys } from "@/lib/api/queries/redispatches";
import type { Batch } from "@/lib/api/schemas/redispatches";
import { formatCounted } from "@/lib/format/count";
import { RetryAgainButton } from "./retry-again-button";

/** Tasks of which nobody knows whether they were sent, and what a person can decide about them. */
export function BatchDoubts({ batch }: { batch: Batch }) {
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const { data: health } = useQuery(healthQuery());
  const decide = useMutation({
    mutationFn: () => countDoubtsAsSent(batch.id),
    onError: (error) => toast.error(error.message),
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: redispatchKeys.all });
    },
  });
  if (batch.doubtful === 0) return null;
  const tasks = formatCounted(batch.doubtful, "task");
  return (
    <Notice tone="amber" icon={CircleHelp} role="status" className="mb-4">
      <p>
        <strong className="font-semibold">{tasks} may have been sent, or not: please decide.</strong> The
        connection or the broker broke at that moment, and neither an event, a result nor the queue tells.
        Sent again, a task may run twice; counted as sent, it may never run. One that shows up is counted as
        sent by itself.{" "}
        <Link href="?show=doubtful" scroll={false} className="rounded underline underline-offset-2">
          Show {batch.doubtful === 1 ? "it" : "them"}
        </Link>
      </p>
      <div className="mt-2 flex flex-wrap gap-2 text-ink">
        <RetryAgainButton
          batchId={batch.id}
          tasks={{ of: "doubtful" }}
          reason={`may not have been sent: ${batch.reason || batch.selection}`.slice(0, 500)}
          size="small"
        >
          Send again
        </RetryAgainButton>
        <Button size="small" disabled={health?.readOnly === true} onClick={() => setAsking(true)}>
          Count as sent
        </Button>
      </div>
      <Dialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Count ${tasks} as sent?`}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Not yet</Button>
            <Button variant="primary" busy={decide.isPending} onClick={() => decide.mutate()}>
              Count as sent
            </Button>
          </>
        }
      >
        <p className="text-ink-muted text-sm">
          Nothing is sent. They are followed like the others; one that was never sent stays “not finished”.
        </p>
      </Dialog>
    </Notice>
  );
}
