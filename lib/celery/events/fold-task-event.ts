import type { TaskEvent } from "../celery-event";
import type { TaskAttempt, TaskRecord } from "../task-record";
import { isFinalState } from "../task-state";
import { chooseTaskState, type StateSource } from "./choose-task-state";
import { describeTask, type TaskDescription } from "./describe-task";
import { foldAttempts, listMilestones, type Milestone } from "./fold-attempts";
import { taskEventState } from "./task-event-state";

/**
 * What is known of a task after one event more. Events may come late, twice, in any order or not at all: the record is
 * the one that they give in order of their times, by Celery's precedence (celery-wire.md D.7), and a task that is
 * received after it ended (by RETRY, REJECTED and CANCELLED too) begins a new attempt.
 *
 * Where the order of arrival still matters: a custom state (`PROGRESS`) is remembered only while it is the task's
 * state; the traceback, result and runtime of an end are remembered only while it gives the state (the exception stays
 * in its attempt). Times of different workers are compared: a retry on a worker whose clock is behind by more than the
 * retry's delay counts as the earlier attempt.
 */
export function foldTaskEvent(record: TaskRecord | null, event: TaskEvent): TaskRecord {
  const own = sourceOf(event);
  const known = record?.attempts ?? [];
  const milestone = own === null ? null : milestoneOf(own, event);
  const attempts = milestone === null ? known : foldAttempts(known, milestone);
  const milestones = listMilestones(attempts);
  const custom = latest(customSourceOf(record, milestones), event.type === "task-custom" ? own : null);
  const description = describeTask(record, event);
  const source = chooseTaskState(milestones, custom);
  if (source === null) {
    const at = description.sentAt ?? event.timestamp;
    return assemble({
      description,
      source: { state: "PENDING", at, worker: null },
      outcome: NO_OUTCOME,
      attempts,
    });
  }
  const outcome = describeOutcome(
    isSame(source, own) ? event : record,
    source,
    findAttempt(attempts, source),
  );
  return assemble({ description, source, outcome, attempts });
}

/** What a state's own event says. */
type Outcome = Pick<TaskRecord, "result" | "exception" | "traceback" | "runtimeSeconds" | "clock">;

const NO_OUTCOME: Outcome = {
  result: null,
  exception: null,
  traceback: null,
  runtimeSeconds: null,
  clock: null,
};
/** The state that the event would give; null for `task-sent`, which every other event outdoes. */
function sourceOf(event: TaskEvent): StateSource | null {
  const state = event.type === "task-sent" ? null : taskEventState(event);
  return state === null ? null : { state, at: event.timestamp, worker: event.hostname };
}

function milestoneOf(source: StateSource, event: TaskEvent): Milestone | null {
  if (event.type === "task-custom") return null;
  // Field by field, as below.
  return {
    kind: event.type === "task-received" ? "received" : event.type === "task-started" ? "started" : "ended",
    at: source.at,
    worker: source.worker,
    state: source.state,
    exception: "exception" in event ? event.exception : null,
  };
}

/** The custom state that the task is in, if it is in one. */
function customSourceOf(record: TaskRecord | null, milestones: readonly Milestone[]): StateSource | null {
  if (record === null || record.state === "PENDING") return null;
  const source = { state: record.state, at: record.stateAt, worker: record.worker };
  return milestones.some((milestone) => isSame(milestone, source)) ? null : source;
}

function latest(a: StateSource | null, b: StateSource | null): StateSource | null {
  return a === null || (b !== null && b.at >= a.at) ? b : a;
}

function isSame(a: StateSource | null, b: StateSource | null): boolean {
  return a?.at === b?.at && a?.state === b?.state && a?.worker === b?.worker;
}

/** The attempt that is in the state of `source`; for a custom state the latest of its worker. */
function findAttempt(attempts: readonly TaskAttempt[], source: StateSource): TaskAttempt | null {
  const own = attempts.filter((attempt) => attempt.worker === source.worker);
  const timeOf = (attempt: TaskAttempt) => {
    if (source.state === "RECEIVED") return attempt.receivedAt;
    return source.state === "STARTED" ? attempt.startedAt : attempt.endedAt;
  };
  return own.find((attempt) => timeOf(attempt) === source.at) ?? own.at(-1) ?? null;
}

/** Field by field: tens of thousands are made a second, and spreading four objects is six times slower. */
function assemble(parts: {
  description: TaskDescription;
  source: StateSource;
  outcome: Outcome;
  attempts: readonly TaskAttempt[];
}): TaskRecord {
  const { description, source, outcome, attempts } = parts;
  const attempt = source.worker === null ? null : findAttempt(attempts, source);
  return {
    id: description.id,
    name: description.name,
    state: source.state,
    worker: source.worker,
    queue: description.queue,
    args: description.args,
    kwargs: description.kwargs,
    result: outcome.result,
    exception: outcome.exception,
    traceback: outcome.traceback,
    retries: description.retries,
    eta: description.eta,
    expires: description.expires,
    rootId: description.rootId,
    parentId: description.parentId,
    sentAt: description.sentAt,
    receivedAt: attempt?.receivedAt ?? null,
    startedAt: attempt?.startedAt ?? null,
    finishedAt: isFinalState(source.state) ? source.at : null,
    runtimeSeconds: outcome.runtimeSeconds,
    stateAt: source.at,
    clock: outcome.clock,
    attempts,
  };
}

/** Read from the event that gives the state, or from the record that remembers it. */
function describeOutcome(
  origin: TaskEvent | TaskRecord | null,
  { state, at }: StateSource,
  attempt: TaskAttempt | null,
): Outcome {
  const ranFor = attempt?.startedAt == null ? null : Math.max(0, at - attempt.startedAt) / 1000;
  const runtimeSeconds = isFinalState(state) ? ranFor : null;
  const remembered =
    origin !== null && (!("stateAt" in origin) || (origin.state === state && origin.stateAt === at));
  if (!remembered) {
    return { ...NO_OUTCOME, runtimeSeconds, exception: attempt?.endedAt === at ? attempt.exception : null };
  }
  return {
    result: "result" in origin ? origin.result : null,
    exception: "exception" in origin ? origin.exception : null,
    traceback: "traceback" in origin ? origin.traceback : null,
    runtimeSeconds:
      (state === "SUCCESS" && "runtimeSeconds" in origin ? origin.runtimeSeconds : null) ?? runtimeSeconds,
    clock: origin.clock,
  };
}
