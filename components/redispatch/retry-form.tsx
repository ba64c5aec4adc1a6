"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { ErrorState } from "@/components/ui/error-state";
import { createBatch, toBatchHref } from "@/lib/api/queries/redispatches";
import { ArgsEditorDialog } from "./args-editor-dialog";
import { PatchEditorDialog } from "./patch-editor-dialog";
import { Planning } from "./planning";
import { PreviewForm } from "./preview-form";
import type { RetrySelection } from "./retry-dialog";
import { usePreview } from "./use-preview";
import { useRepairs } from "./use-repairs";
import { type RetryOptions, useRetryOptions } from "./use-retry-options";

interface RetryFormProps {
  selection: RetrySelection;
  initial?: Partial<RetryOptions> | undefined;
  /** The task whose args are to be written first. */
  repair?: string | undefined;
  onClose: () => void;
  onStarted?: (() => void) | undefined;
}

/** The preview, the editors over it, and the start of the batch. */
export function RetryForm({ selection, initial, repair, onClose, onStarted }: RetryFormProps) {
  const router = useRouter();
  const state = useRetryOptions(initial);
  const repairs = useRepairs();
  const [editedTask, setEditedTask] = useState<string | null>(repair ?? null);
  const [patchedName, setPatchedName] = useState<string | null>(null);
  const { query, request, isSettled } = usePreview(selection, state.options);
  const start = useMutation({
    mutationFn: (snapshot: string) =>
      createBatch({
        ...request,
        ...state.sending,
        snapshot,
        reason: state.options.reason.trim(),
        overrides: repairs.tasks.map(({ id, json }) => ({ id, ...json })),
        patches: [...repairs.patches],
      }),
    onSuccess: ({ id }) => {
      toast.success("The retry has begun");
      onStarted?.();
      onClose();
      router.push(toBatchHref(id));
    },
  });
  if (query.isPending) return <Planning />;
  if (query.isError) {
    return <ErrorState title="The preview failed" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const preview = query.data;
  return (
    <>
      <PreviewForm
        preview={preview}
        isSettled={isSettled}
        state={state}
        repairs={repairs}
        failure={start.error}
        isStarting={start.isPending}
        onRepair={setEditedTask}
        onPatch={setPatchedName}
        onPlanAnew={() => {
          start.reset();
          void query.refetch();
        }}
        onCancel={onClose}
        onStart={() => start.mutate(preview.snapshot)}
      />
      {/* Outside of the form: their forms must not submit it. */}
      <ArgsEditorDialog
        snapshot={preview.snapshot}
        taskId={editedTask}
        repairs={repairs}
        onClose={() => setEditedTask(null)}
      />
      <PatchEditorDialog
        preview={preview}
        name={patchedName}
        repairs={repairs}
        onClose={() => setPatchedName(null)}
      />
    </>
  );
}
