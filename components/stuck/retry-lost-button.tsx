"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { CommandButton } from "@/components/control/command-button";
import { useObstacle } from "@/components/control/use-obstacle";
import { useHold } from "@/components/live/pause-provider";
import { RetryDialog } from "@/components/redispatch/retry-dialog";
import { formatCount } from "@/lib/format/count";

/** Sends all tasks that were lost with their worker again, behind the dialog that counts them. */
export function RetryLostButton({ ids }: { ids: string[] }) {
  const obstacle = useObstacle();
  const [isOpen, setOpen] = useState(false);
  useHold(isOpen, "a dialog is open");
  return (
    <>
      <CommandButton size="medium" obstacle={obstacle} onClick={() => setOpen(true)}>
        <RotateCcw className="size-3.5" aria-hidden />
        Retry {formatCount(ids.length)} lost tasks
      </CommandButton>
      <RetryDialog open={isOpen} onOpenChange={setOpen} selection={{ ids }} />
    </>
  );
}
