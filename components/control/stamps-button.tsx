"use client";

import { Stamp } from "lucide-react";
import { useState } from "react";
import { useHold } from "@/components/live/pause-provider";
import { Dialog } from "@/components/ui/dialog";
import { CommandButton } from "./command-button";
import { StampsForm } from "./stamps-form";
import { useObstacle } from "./use-obstacle";

/** Opens what revokes tasks by their stamps, in all workers. */
export function StampsButton() {
  const [isOpen, setOpen] = useState(false);
  const obstacle = useObstacle();
  useHold(isOpen, "a dialog is open");
  return (
    <>
      <CommandButton size="medium" obstacle={obstacle} onClick={() => setOpen(true)}>
        <Stamp className="size-3.5" aria-hidden />
        Revoke by stamp
      </CommandButton>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Revoke tasks by a stamp"
        description="In all workers"
      >
        <StampsForm onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
