import { isFinalState } from "../task-state";
import type { Milestone } from "./fold-attempts";

/** The event that gives a task its state. */
export interface StateSource {
  readonly state: string;
  /** Epoch ms. */
  readonly at: number;
  readonly worker: string | null;
}

/**
 * Weak to strong. Unlike Celery's (celery-wire.md D.7), an end is stronger than what may go before it: Celery leaves a
 * task that was rejected STARTED and one that was revoked in its custom state for ever. RETRY has rules of its own.
 */
const STRENGTH: ReadonlyMap<string, number> = new Map([
  ["RECEIVED", 1],
  ["STARTED", 2],
  ["REVOKED", 4],
  ["FAILURE", 5],
  ["SUCCESS", 6],
]);
/** Custom states, CANCELLED and REJECTED. */
const OTHER_STRENGTH = 3;

/**
 * The state that Celery's rule of precedence gives when the events come in order of time, whatever the order in which
 * they came. `milestones` are in order of time; `custom` is the latest custom state known. null when there is neither.
 */
export function chooseTaskState(
  milestones: readonly Milestone[],
  custom: StateSource | null,
): StateSource | null {
  let source: StateSource | null = null;
  let rest = custom;
  let hasEnded = false;
  for (const milestone of milestones) {
    if (rest !== null && rest.at < milestone.at) {
      if (isTaken(source, rest)) source = rest;
      rest = null;
    }
    const { kind, state } = milestone;
    // One process of a pool may report an attempt's end after another has ended the next attempt.
    if (state === "RETRY" && hasEnded && isInAttempt(milestones, milestone)) continue;
    // A worker that has the task again after it ended begins anew, whatever the strength of that end.
    if (source === null || (kind === "received" && hasEnded) || isTaken(source, milestone)) {
      source = milestone;
      hasEnded = kind === "ended";
    }
  }
  return rest !== null && isTaken(source, rest) ? rest : source;
}

/** Whether, when `end` comes, its worker has begun an attempt that it has not ended. */
function isInAttempt(milestones: readonly Milestone[], end: Milestone): boolean {
  let open = 0;
  for (const milestone of milestones) {
    if (milestone === end) break;
    const { kind, worker } = milestone;
    if (worker !== end.worker) continue;
    if (kind === "received") open += 1;
    else if (kind === "ended") open = Math.max(0, open - 1);
  }
  return open > 0;
}

function isTaken(current: StateSource | null, next: StateSource): boolean {
  if (current === null || current.state === "RETRY") return true;
  // Only a worker's own clock can say that it retried after the end; those of two workers differ too easily.
  if (next.state === "RETRY") return !isFinalState(current.state) || current.worker === next.worker;
  return strengthOf(next.state) >= strengthOf(current.state);
}

function strengthOf(state: string): number {
  return STRENGTH.get(state) ?? OTHER_STRENGTH;
}
