"use client";

import { Power, RotateCw } from "lucide-react";
import { CommandAction } from "@/components/control/command-action";
import { CommandForm } from "@/components/control/command-form";
import { Button } from "@/components/ui/button";
import { Instant } from "@/components/ui/instant";
import { PageHeader } from "@/components/ui/page-header";
import type { WorkerDetail } from "@/lib/api/schemas/workers";
import { formatCounted } from "@/lib/format/count";
import { formatWholeDuration } from "@/lib/format/duration";
import { PingButton } from "./ping-button";
import { ReportButton } from "./report-button";
import { WorkerStatusPill } from "./worker-status-pill";

interface WorkerHeaderProps {
  worker: WorkerDetail;
  /** When what is shown was asked for, ISO 8601. */
  askedAt: string;
  isAsking: boolean;
  onAsk: () => void;
}

/** Which worker, how it is, and what can be done with all of it. */
export function WorkerHeader({ worker, askedAt, isAsking, onAsk }: WorkerHeaderProps) {
  const isOnline = worker.status === "online";
  return (
    <PageHeader
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 break-all">
          {worker.hostname} <WorkerStatusPill status={worker.status} />
        </span>
      }
      description={
        isOnline ? (
          <>
            {worker.uptimeSeconds === null ? null : `up for ${formatWholeDuration(worker.uptimeSeconds)} · `}
            heard <Instant at={worker.lastHeartbeatAt} form="age" /> · asked{" "}
            <Instant at={askedAt} form="age" />
          </>
        ) : (
          <>
            last heard <Instant at={worker.lastHeartbeatAt} form="age" />
          </>
        )
      }
      actions={
        <>
          <Button size="small" busy={isAsking} onClick={onAsk}>
            {isAsking ? null : <RotateCw className="size-3.5" aria-hidden />}
            Ask again
          </Button>
          <PingButton worker={worker} />
          <ReportButton worker={worker} />
          <CommandAction
            worker={worker}
            label="Shut down"
            icon={Power}
            variant="danger"
            title="Shut this worker down?"
          >
            {(close) => (
              <CommandForm
                hostname={worker.hostname}
                command="shutdown"
                body={{}}
                confirm="Shut down"
                isDangerous
                caution={
                  <p className="text-ink-muted text-sm">
                    It runs {formatCounted(worker.held.active.tasks.length, "task")} now, and{" "}
                    {formatCounted(worker.held.reserved.tasks.length, "task")} wait in it. What supervises it
                    may start it again.
                  </p>
                }
                onClose={close}
              />
            )}
          </CommandAction>
        </>
      }
    />
  );
}
