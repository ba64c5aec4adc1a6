import type { TaskAttempt } from "../task-record";

/** A point in the life of an attempt. */
export interface Milestone {
  readonly kind: "received" | "started" | "ended";
  /** Epoch ms. */
  readonly at: number;
  readonly worker: string | null;
  /** RECEIVED, STARTED, or the state that ended the attempt. */
  readonly state: string;
  readonly exception: string | null;
}

/** What is kept of a task that is tried again and again: its latest attempts. */
export const MAX_ATTEMPTS = 20;

const ORDER = { received: 0, started: 1, ended: 2, rejected: 3 };

/** All that is known of the attempts, in order of time. */
export function listMilestones(attempts: readonly TaskAttempt[]): Milestone[] {
  const milestones: Milestone[] = [];
  for (const attempt of attempts) addMilestones(milestones, attempt);
  return milestones.sort(byTime);
}

/**
 * The attempts with one milestone more. Rebuilt from all milestones in order of time, so that the order in which they
 * arrive makes no difference; one that is known already changes nothing.
 */
export function foldAttempts(attempts: readonly TaskAttempt[], milestone: Milestone): readonly TaskAttempt[] {
  const known = listMilestones(attempts);
  if (known.some((other) => isSame(other, milestone))) return attempts;
  const last = known.at(-1);
  if (last === undefined || byTime(last, milestone) <= 0) {
    // What comes in order, as most does, needs no rebuilding.
    const drafts = [...attempts];
    place(drafts, milestone);
    return drafts.length > MAX_ATTEMPTS ? drafts.slice(-MAX_ATTEMPTS) : drafts;
  }
  const drafts: TaskAttempt[] = [];
  for (const next of [...known, milestone].sort(byTime)) place(drafts, next);
  return drafts.slice(-MAX_ATTEMPTS);
}

/** Adds a milestone to the attempt that it belongs to, or begins one. Attempts of other workers are not its own. */
function place(drafts: TaskAttempt[], { kind, at, worker, state, exception }: Milestone): void {
  const isOwn = (attempt: TaskAttempt) => attempt.worker === worker;
  const isOpen = (attempt: TaskAttempt) => isOwn(attempt) && attempt.endedAt === null;
  let index = -1;
  if (kind === "started") {
    index = drafts.findLastIndex((attempt) => isOpen(attempt) && attempt.startedAt === null);
  } else if (kind === "ended") {
    // A retry without delay can be received again before the end of the first attempt is reported.
    index = drafts.findLastIndex((attempt) => isOpen(attempt) && attempt.startedAt !== null);
    if (index < 0) index = drafts.findLastIndex(isOpen);
    // Celery 5.7 reports a task that rejects itself as failed and then as rejected: the failure says more.
    if (index < 0 && state === "REJECTED" && drafts.some(isOwn)) return;
  }
  const attempt = drafts[index];
  drafts[index < 0 ? drafts.length : index] = {
    worker,
    receivedAt: kind === "received" ? at : (attempt?.receivedAt ?? null),
    startedAt: kind === "started" ? at : (attempt?.startedAt ?? null),
    endedAt: kind === "ended" ? at : (attempt?.endedAt ?? null),
    state,
    exception,
  };
  // The second of two reports by which one process says that it failed and was rejected is no attempt's own.
  if (kind === "ended" && state !== "REJECTED" && index >= 0) orderEnds(drafts, index, isOwn);
}

/**
 * Where an attempt began before the retry of the one before it was reported, that retry was filed with it. Retries are reported in the
 * order of the attempts: the end that came now, at `index`, is the last one's.
 */
function orderEnds(drafts: TaskAttempt[], index: number, isOwn: (attempt: TaskAttempt) => boolean): void {
  let current = index;
  for (const [next, later] of drafts.entries()) {
    const attempt = drafts[current];
    if (next <= index || attempt === undefined || !isOwn(later) || later.state !== "RETRY") continue;
    drafts[current] = { ...attempt, ...pickEnd(later) };
    drafts[next] = { ...later, ...pickEnd(attempt) };
    current = next;
  }
}

function pickEnd({ endedAt, state, exception }: TaskAttempt) {
  return { endedAt, state, exception };
}

function addMilestones(milestones: Milestone[], attempt: TaskAttempt): void {
  const { worker, receivedAt, startedAt, endedAt, state, exception } = attempt;
  const common = { worker, exception: null };
  if (receivedAt !== null)
    milestones.push({ kind: "received", at: receivedAt, ...common, state: "RECEIVED" });
  if (startedAt !== null) milestones.push({ kind: "started", at: startedAt, ...common, state: "STARTED" });
  if (endedAt !== null) milestones.push({ kind: "ended", at: endedAt, worker, state, exception });
}

function byTime(a: Milestone, b: Milestone): number {
  return a.at - b.at || orderOf(a) - orderOf(b);
}

/** Of milestones within one millisecond. */
function orderOf({ kind, state }: Milestone): number {
  return state === "REJECTED" ? ORDER.rejected : ORDER[kind];
}

function isSame(a: Milestone, b: Milestone): boolean {
  return a.at === b.at && a.kind === b.kind && a.worker === b.worker && a.state === b.state;
}
