import type { WorkerCommand } from "@/lib/api/schemas/control";

/** What the worker's own words about a command don't say and the person should know; null: nothing. */
export function noteOnCommand(command: WorkerCommand, reply: string | null): string | null {
  if (command === "time-limit") return LATER_LIMITS;
  if (command !== "disable-events") return null;
  return reply?.includes("already disabled") ? STARTED_WITH_EVENTS : ASKED_AGAIN;
}

/** Seen on Celery 5.2.6 and 5.7.0: docs/celery-versions.md. */
const LATER_LIMITS =
  "Celery's workers apply new time limits only after a pool restart, or once they have lost and found the broker. " +
  "Until then tasks run under the old ones.";
const STARTED_WITH_EVENTS =
  "A worker that was started with -E says so, too, and goes on sending events until it is started without.";
const ASKED_AGAIN =
  "The collector has workers send events again when it asks them next, unless CELERIAC_ENABLE_EVENTS is false.";
