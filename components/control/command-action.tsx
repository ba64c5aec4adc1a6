"use client";

import type { LucideIcon } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useHold } from "@/components/live/pause-provider";
import type { ButtonVariant } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Worker } from "@/lib/api/schemas/workers";
import { CommandButton } from "./command-button";
import { useObstacle } from "./use-obstacle";

interface CommandActionProps {
  worker: Pick<Worker, "hostname" | "status">;
  /** What the button says. */
  label: string;
  /** Its accessible name, where the label alone would not say what it changes. */
  name?: string;
  icon: LucideIcon;
  variant?: ButtonVariant;
  /** The question that the dialog asks. */
  title: string;
  /** The dialog's form. */
  children: (close: () => void) => ReactNode;
}

/** A button beside what it changes, and the dialog that asks before it does. */
export function CommandAction(props: CommandActionProps) {
  const { worker, label, name, icon: Icon, variant = "secondary", title, children } = props;
  const [isOpen, setOpen] = useState(false);
  const obstacle = useObstacle(worker);
  useHold(isOpen, "a dialog is open");
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
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={title}
        description={<span className="break-all">{worker.hostname}</span>}
      >
        {children(() => setOpen(false))}
      </Dialog>
    </>
  );
}
