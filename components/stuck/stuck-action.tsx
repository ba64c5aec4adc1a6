"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Ban, OctagonX, RotateCcw } from "lucide-react";
import { useState } from "react";
import { CommandButton } from "@/components/control/command-button";
import { RevokeDialog } from "@/components/control/revoke-dialog";
import { useObstacle } from "@/components/control/use-obstacle";
import { useHold } from "@/components/live/pause-provider";
import { RetryDialog } from "@/components/redispatch/retry-dialog";
import { stuckKeys } from "@/lib/api/queries/stuck";
import type { StuckTask } from "@/lib/api/schemas/stuck";

const ACTIONS = {
  revoke: { label: "Revoke", icon: Ban, variant: "secondary" },
  terminate: { label: "Terminate", icon: OctagonX, variant: "danger" },
  redispatch: { label: "Retry", icon: RotateCcw, variant: "secondary" },
} as const;

/** The action that helps a stuck task, behind the dialog that asks first. */
export function StuckAction({ task }: { task: StuckTask }) {
  const client = useQueryClient();
  const obstacle = useObstacle();
  const [isOpen, setOpen] = useState(false);
  useHold(isOpen, "a dialog is open");
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) void client.invalidateQueries({ queryKey: stuckKeys.all });
  };
  const { label, icon: Icon, variant } = ACTIONS[task.remedy];
  const name = `${label} ${task.name ?? task.id}`;
  return (
    <>
      <CommandButton
        obstacle={obstacle}
        variant={variant}
        aria-label={name}
        title={name}
        onClick={() => setOpen(true)}
      >
        <Icon className="size-3.5" aria-hidden />
        {label}
      </CommandButton>
      {task.remedy === "redispatch" ? (
        <RetryDialog open={isOpen} onOpenChange={change} selection={{ ids: [task.id] }} />
      ) : (
        <RevokeDialog
          choice={{ task, terminates: task.remedy === "terminate" }}
          open={isOpen}
          onOpenChange={change}
        />
      )}
    </>
  );
}
