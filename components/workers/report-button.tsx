"use client";

import { FileText } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { CommandButton } from "@/components/control/command-button";
import { useObstacle } from "@/components/control/use-obstacle";
import { useWorkerCommand } from "@/components/control/use-worker-command";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import type { Worker } from "@/lib/api/schemas/workers";

/** Shows the text in which a worker says what it is made of: for a bug report. */
export function ReportButton({ worker }: { worker: Pick<Worker, "hostname" | "status"> }) {
  const { hostname } = worker;
  const [isOpen, setOpen] = useState(false);
  const obstacle = useObstacle(worker);
  const report = useWorkerCommand({ hostname, command: "report", onAnswer: () => setOpen(true) });
  const text = report.data?.reply?.trim() ?? "";
  return (
    <>
      <CommandButton
        obstacle={obstacle}
        busy={report.isPending}
        onClick={() => report.mutate({}, { onError: (error) => toast.error(error.message) })}
      >
        {report.isPending ? null : <FileText className="size-3.5" aria-hidden />}
        Report
      </CommandButton>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        className="sm:max-w-3xl"
        title="Report"
        description={<span className="break-all">{hostname}</span>}
        footer={
          <span className="flex items-center gap-1 text-ink-muted text-sm">
            Copy it <CopyButton text={text} what="report" />
          </span>
        }
      >
        <pre className="whitespace-pre-wrap break-words font-mono text-xs leading-5">{text}</pre>
      </Dialog>
    </>
  );
}
