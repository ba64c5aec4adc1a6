"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { CommandButton } from "@/components/control/command-button";
import { useObstacle } from "@/components/control/use-obstacle";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Worker } from "@/lib/api/schemas/workers";
import { formatCount } from "@/lib/format/count";
import { BULK_ACTIONS, type BulkAction } from "./bulk-actions";
import { BulkForm } from "./bulk-form";

interface WorkerBulkBarProps {
  /** Those that are ticked. */
  workers: readonly Worker[];
  onClear: () => void;
}

/** Takes the toolbar's place while workers are ticked. */
export function WorkerBulkBar({ workers, onClear }: WorkerBulkBarProps) {
  const [chosen, setChosen] = useState<{ action: BulkAction; workers: readonly Worker[] } | null>(null);
  const [isOpen, setOpen] = useState(false);
  const obstacle = useObstacle();
  return (
    <div className="scrollbar-none flex min-w-0 flex-1 items-center gap-x-2 overflow-x-auto text-sm">
      <Button
        variant="ghost"
        size="small-icon"
        aria-label="Clear the selection"
        title="Clear the selection"
        onClick={onClear}
      >
        <X className="size-4" aria-hidden />
      </Button>
      <p role="status" className="shrink-0 pr-2">
        <strong className="tabular font-semibold">{formatCount(workers.length)}</strong> selected
      </p>
      {BULK_ACTIONS.map((action) => (
        <CommandButton
          key={action.command}
          obstacle={obstacle}
          variant={action.command === "shutdown" ? "danger" : "secondary"}
          onClick={() => {
            // Frozen when the dialog opens: the list behind may move on.
            setChosen({ action, workers });
            setOpen(true);
          }}
        >
          <action.icon className="size-3.5" aria-hidden />
          {action.command === "shutdown" ? action.confirm(workers.length, "") : action.label}
        </CommandButton>
      ))}
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        className="sm:max-w-2xl"
        title={chosen?.action.confirm(chosen.workers.length, "")}
      >
        {chosen === null ? null : <BulkForm {...chosen} onClose={() => setOpen(false)} />}
      </Dialog>
    </div>
  );
}
