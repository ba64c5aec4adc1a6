"use client";

import { useQuery } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { previewTaskQuery } from "@/lib/api/queries/redispatches";
import { ArgsEditor } from "./args-editor";
import type { Repairs } from "./use-repairs";

interface ArgsEditorDialogProps {
  snapshot: string;
  /** Whose args; null while the dialog is closed. */
  taskId: string | null;
  repairs: Repairs;
  onClose: () => void;
}

/** The editor of one task's args, over the preview. */
export function ArgsEditorDialog({ snapshot, taskId, repairs, onClose }: ArgsEditorDialogProps) {
  return (
    <Dialog
      open={taskId !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isNested
      className="sm:max-w-2xl"
      title="Args by hand"
      description={taskId === null ? undefined : <TaskLine snapshot={snapshot} taskId={taskId} />}
    >
      {taskId === null ? null : <Editor {...{ snapshot, taskId, repairs, onClose }} />}
    </Dialog>
  );
}

function TaskLine({ snapshot, taskId }: { snapshot: string; taskId: string }) {
  const { data } = useQuery(previewTaskQuery(snapshot, taskId));
  return (
    <span className="break-all">
      {data === undefined ? null : <>{data.name ?? "without a name"} · </>}
      <code className="font-mono text-xs">{taskId}</code>
    </span>
  );
}

function Editor({
  snapshot,
  taskId,
  repairs,
  onClose,
}: Omit<ArgsEditorDialogProps, "taskId"> & { taskId: string }) {
  const { data, error, refetch } = useQuery(previewTaskQuery(snapshot, taskId));
  if (data === undefined) {
    return error === null ? (
      <SkeletonRows rows={4} label="Loading the task" />
    ) : (
      <ErrorState title="The task can't be shown" error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <ArgsEditor
      task={data}
      repair={repairs.tasks.find(({ id }) => id === taskId)}
      onSave={(repair) => {
        repairs.setTask(repair);
        onClose();
      }}
      onDrop={() => {
        repairs.dropTask(taskId);
        onClose();
      }}
      onCancel={onClose}
    />
  );
}
