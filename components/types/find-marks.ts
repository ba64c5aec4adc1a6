import type { TaskType, TaskTypePage } from "@/lib/api/schemas/task-types";

export const TYPE_MARKS = ["unregistered", "unused", "new-kwargs"] as const;
export type TypeMark = (typeof TYPE_MARKS)[number];

const DAY_MS = 86_400_000;
/** What Celery brings along: its own tasks are registered everywhere and mostly not called. */
const CELERYS_OWN = /^celery\./;
/** A collector writes that it listens every ten seconds. */
const SILENT_MS = 600_000;

/** What bears on the marks, besides the type itself. */
export type MarkFacts = Pick<TaskTypePage, "range" | "listening" | "workersOnline" | "registeredUnknown">;

/** What of a type a person should look at; nothing is claimed that can't be known. */
export function findMarks(
  type: TaskType,
  facts: MarkFacts,
  options: { days: number; now: number },
): TypeMark[] {
  const marks: TypeMark[] = [];
  if (isUnregistered(type, facts)) marks.push("unregistered");
  if (isUnused(type, facts, options)) marks.push("unused");
  if (type.newKwargs.length > 0) marks.push("new-kwargs");
  return marks;
}

/** Whether Celeriac has listened for so many days, so that what was not called in them is known. */
export function hasListenedFor(
  listening: TaskTypePage["listening"],
  { days, now }: { days: number; now: number },
): boolean {
  if (listening === null) return false;
  return Date.parse(listening.since) <= now - days * DAY_MS && Date.parse(listening.until) >= now - SILENT_MS;
}

/** Whether it is one of Celery's own tasks that was never called. */
export function isIdleBuiltin({ name, lastSeenAt }: TaskType): boolean {
  return CELERYS_OWN.test(name) && lastSeenAt === null;
}

/** Called in the range, while each worker online has said what it has registered. */
function isUnregistered(type: TaskType, { range, workersOnline, registeredUnknown }: MarkFacts): boolean {
  if (type.registeredOn.length > 0 || workersOnline === 0 || registeredUnknown.length > 0) return false;
  return type.lastSeenAt !== null && type.lastSeenAt >= range.from;
}

function isUnused(type: TaskType, facts: MarkFacts, options: { days: number; now: number }): boolean {
  if (type.registeredOn.length === 0 || !type.isHeard || CELERYS_OWN.test(type.name)) return false;
  if (!hasListenedFor(facts.listening, options)) return false;
  return type.lastSeenAt === null || Date.parse(type.lastSeenAt) < options.now - options.days * DAY_MS;
}
