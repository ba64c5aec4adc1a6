"use client";

import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import type { TaskFilter } from "@/lib/api/schemas/tasks";
import { formatCount } from "@/lib/format/count";
import { RetryForm } from "./retry-form";
import type { RetryOptions } from "./use-retry-options";

/** What is to be retried: everything under a filter, or tasks by id. */
export type RetrySelection = { filter: TaskFilter; ids?: undefined } | { ids: string[]; filter?: undefined };

interface RetryDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  selection: RetrySelection;
  /** What is filled in from the start. */
  initial?: Partial<RetryOptions>;
  /** The task whose args are to be written first. */
  repair?: string | undefined;
  /** The batch has begun; the page of the batch opens by itself. */
  onStarted?: () => void;
}

/** Shows exactly what a retry would do, and does it on confirmation. */
export function RetryDialog({ open, onOpenChange, selection, initial, repair, onStarted }: RetryDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      // Of many tasks as high as there is room for: it must not jump when another part of the preview is shown.
      className={classNames(
        "sm:max-w-3xl",
        selection.ids?.length === 1 || "h-[calc(100dvh-2rem)] sm:h-[min(54rem,calc(100dvh-3rem))]",
      )}
      title={describeSelection(selection)}
      description={
        selection.ids?.length === 1
          ? "It is sent again with its stored args under a new id. The old task stays as it is."
          : "Each is sent again with its stored args under a new id. The old tasks stay as they are."
      }
    >
      {open ? (
        <RetryForm
          selection={selection}
          initial={initial}
          repair={repair}
          onClose={() => onOpenChange(false)}
          onStarted={onStarted}
        />
      ) : null}
    </Dialog>
  );
}

function describeSelection({ ids }: RetrySelection): string {
  if (ids === undefined) return "Retry all matching tasks";
  return ids.length === 1 ? "Retry this task" : `Retry ${formatCount(ids.length)} selected tasks`;
}
