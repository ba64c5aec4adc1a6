"use client";

import { useHold } from "@/components/live/pause-provider";
import { Dialog } from "@/components/ui/dialog";
import { RevokeForm } from "./revoke-form";

export interface RevokeChoice {
  task: { id: string; name: string | null; worker: string | null };
  terminates: boolean;
}

interface RevokeDialogProps {
  /** The task that was chosen last. */
  choice: RevokeChoice | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks before a task is revoked or terminated. */
export function RevokeDialog({ choice, open, onOpenChange }: RevokeDialogProps) {
  useHold(open, "a dialog is open");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={choice?.terminates ? "Terminate this task?" : "Revoke this task?"}
    >
      {choice === null ? null : <RevokeForm {...choice} onClose={() => onOpenChange(false)} />}
    </Dialog>
  );
}
