"use client";

import { Dialog } from "@/components/ui/dialog";
import type { Preview } from "@/lib/api/schemas/redispatches";
import { PatchEditor } from "./patch-editor";
import type { Repairs } from "./use-repairs";

interface PatchEditorDialogProps {
  preview: Preview;
  /** Of the tasks; null while the dialog is closed. */
  name: string | null;
  repairs: Repairs;
  onClose: () => void;
}

/** The editor of a group's kwargs, over the preview. */
export function PatchEditorDialog({ preview, name, repairs, onClose }: PatchEditorDialogProps) {
  return (
    <Dialog
      open={name !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isNested
      className="sm:max-w-2xl"
      title="Change kwargs"
      description={
        name === null ? undefined : (
          <>
            Of every ready <span className="break-all font-medium text-ink">{name}</span>, before it is sent.
            The stored tasks stay as they are.
          </>
        )
      }
    >
      {name === null ? null : (
        <PatchEditor preview={preview} name={name} repairs={repairs} onClose={onClose} />
      )}
    </Dialog>
  );
}
