import { AppError } from "@/lib/errors";
import { type JoinedArgs, joinArgs } from "@/lib/history/join-task";
import { type DraftTask, getDraftTask } from "@/lib/store/draft-items";
import { addExactArgs } from "./add-exact-args";
import { type EvidenceSources, readEvidence } from "./task-evidence";

/** One task of a snapshot with the texts of its args, not yet redacted. */
export interface PreviewedTask {
  readonly task: DraftTask;
  readonly args: JoinedArgs;
}

/** The task with what is stored of its args. Throws AppError `not_found` when it isn't in that snapshot. */
export async function getPreviewTask(
  sources: EvidenceSources,
  snapshot: string,
  taskId: string,
): Promise<PreviewedTask> {
  const task = await getDraftTask(sources.store, snapshot, taskId);
  if (task === null) {
    throw new AppError("not_found", `Task ${taskId} is not in this preview, or the preview is gone.`);
  }
  const [evidence] = await addExactArgs(sources, await readEvidence(sources, [taskId]), "skip");
  const { row = null, record = null, exact } = evidence ?? {};
  return { task, args: joinArgs({ row, record }, exact) };
}
