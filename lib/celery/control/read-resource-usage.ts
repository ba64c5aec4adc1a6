import { integerOf, numberOf, objectOf } from "../wire-fields";
import type { WireValue } from "../wire-value";

/** What the worker's main process has used since its start (`rusage` in celery-wire.md C.5). null is "not said". */
export interface ResourceUsage {
  readonly userSeconds: number | null;
  readonly systemSeconds: number | null;
  /** Pages that had to be read from disk: many of them mean that memory is short. */
  readonly majorPageFaults: number | null;
  readonly minorPageFaults: number | null;
  readonly blocksRead: number | null;
  readonly blocksWritten: number | null;
  readonly voluntarySwitches: number | null;
  readonly involuntarySwitches: number | null;
}

/** Reads `rusage` out of the reply to `stats`, or null where the worker's system has none. Never throws. */
export function readResourceUsage(reply: WireValue): ResourceUsage | null {
  const usage = objectOf(objectOf(reply)?.get("rusage"));
  if (usage === null) return null;
  return {
    userSeconds: numberOf(usage.get("utime")),
    systemSeconds: numberOf(usage.get("stime")),
    majorPageFaults: integerOf(usage.get("majflt")),
    minorPageFaults: integerOf(usage.get("minflt")),
    blocksRead: integerOf(usage.get("inblock")),
    blocksWritten: integerOf(usage.get("oublock")),
    voluntarySwitches: integerOf(usage.get("nvcsw")),
    involuntarySwitches: integerOf(usage.get("nivcsw")),
  };
}
