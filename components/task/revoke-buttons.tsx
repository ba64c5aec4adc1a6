"use client";

import { Ban, OctagonX } from "lucide-react";
import { useState } from "react";
import { CommandButton } from "@/components/control/command-button";
import { RevokeDialog } from "@/components/control/revoke-dialog";
import { useObstacle } from "@/components/control/use-obstacle";
import type { TaskDetail } from "@/lib/api/schemas/tasks";
import { canRevoke, canTerminate } from "./task-moves";

/** Revoke, for a task that has not ended, and terminate, for one that runs; nothing for one that has ended. */
export function RevokeButtons({ task }: { task: TaskDetail }) {
  const [terminates, setTerminates] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const obstacle = useObstacle();
  const ask = (toTerminate: boolean) => {
    setTerminates(toTerminate);
    setOpen(true);
  };
  return (
    <>
      {canRevoke(task.state) ? (
        <CommandButton size="medium" obstacle={obstacle} onClick={() => ask(false)}>
          <Ban className="size-3.5" aria-hidden />
          Revoke
        </CommandButton>
      ) : null}
      {canTerminate(task.state) ? (
        <CommandButton size="medium" variant="danger" obstacle={obstacle} onClick={() => ask(true)}>
          <OctagonX className="size-3.5" aria-hidden />
          Terminate
        </CommandButton>
      ) : null}
      {/* It stays when the task ends meanwhile: the answer has to be seen. */}
      <RevokeDialog choice={{ task, terminates }} open={isOpen} onOpenChange={setOpen} />
    </>
  );
}
