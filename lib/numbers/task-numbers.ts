import { DurationSketch } from "./duration-sketch";

/** What numbers are kept of. */
export const NUMBERS_OF = ["type", "queue", "worker"] as const;
export type NumbersOf = (typeof NUMBERS_OF)[number];

/** How often something happened. */
export const COUNT_KEYS = ["succeeded", "failed", "retried", "skewed"] as const;
export type CountKey = (typeof COUNT_KEYS)[number];

/** How long tasks waited and ran (docs/numbers.md). */
export const DURATION_KEYS = ["queueWait", "workerWait", "runtime"] as const;
export type DurationKey = (typeof DURATION_KEYS)[number];

/**
 * Stands for all names beyond those that are told apart. No task, queue or worker is named so: an event without a name is no
 * event.
 */
export const OTHERS = "";

/** What happened to the tasks of one type, queue or worker in some stretch of time. */
export class TaskNumbers {
  succeeded = 0;
  failed = 0;
  retried = 0;
  /** Durations that can't be: the clocks of two machines disagree. They are in none of the sketches. */
  skewed = 0;
  queueWait: DurationSketch | null = null;
  workerWait: DurationSketch | null = null;
  runtime: DurationSketch | null = null;

  /** The sketch of one kind of duration, made when there is none yet. */
  sketch(key: DurationKey): DurationSketch {
    this[key] ??= new DurationSketch();
    return this[key];
  }
  /** Adds all that `other` has. */
  merge(other: TaskNumbers): void {
    for (const key of COUNT_KEYS) this[key] += other[key];
    for (const key of DURATION_KEYS) {
      const sketch = other[key];
      if (sketch !== null) this.sketch(key).merge(sketch);
    }
  }
}
