import type { TaskDetail } from "@/lib/api/schemas/tasks";
import { isFinalState } from "@/lib/celery/task-state";

export type PhaseKey = "queue" | "worker" | "running";

export interface Phase {
  key: PhaseKey;
  label: string;
  seconds: number;
  /** It has not ended: `seconds` is up to now. */
  isOpen: boolean;
}

type Moments = Pick<
  TaskDetail,
  "state" | "sentAt" | "receivedAt" | "startedAt" | "finishedAt" | "runtimeSeconds"
>;

const LABELS: Record<PhaseKey, string> = {
  queue: "Waiting in queue",
  worker: "Waiting in worker",
  running: "Running",
};

/** The phases of a task's life whose beginning and end are known, in order; `now` is epoch ms. */
export function listPhases(task: Moments, now: number): Phase[] {
  const sent = toMs(task.sentAt);
  const received = toMs(task.receivedAt);
  const finished = toMs(task.finishedAt);
  const started = toMs(task.startedAt) ?? guessStart(finished, task.runtimeSeconds);
  const isOver = isFinalState(task.state) || finished !== null;
  return [
    phase("queue", sent, received ?? started, isOver ? null : now),
    phase("worker", received, started, isOver ? null : now),
    phase("running", started, finished, isOver ? null : now),
  ].filter((one) => one !== null);
}

function phase(key: PhaseKey, from: number | null, to: number | null, now: number | null): Phase | null {
  const end = to ?? now;
  if (from === null || end === null) return null;
  // Clocks of two machines may disagree by more than a short wait took: that is no negative time.
  return { key, label: LABELS[key], seconds: Math.max(0, end - from) / 1000, isOpen: to === null };
}

/** Rows of the result table may know the end and the runtime only. */
function guessStart(finished: number | null, runtimeSeconds: number | null): number | null {
  return finished === null || runtimeSeconds === null ? null : finished - runtimeSeconds * 1000;
}

function toMs(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}
