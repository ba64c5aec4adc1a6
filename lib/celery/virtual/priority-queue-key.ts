/** kombu's `priority_steps` and `sep` (celery-wire.md B.1, B.2). */
export interface PriorityOptions {
  /** Ascending, from 0. */
  readonly steps: readonly number[];
  readonly separator: string;
}

export const DEFAULT_PRIORITY_OPTIONS: PriorityOptions = {
  steps: [0, 3, 6, 9],
  separator: "\u0006\u0016",
};

/**
 * The Redis list that holds `queue`'s messages of this priority: the largest step that is not above it, 0 for what is
 * no number. On Redis step 0 is served first. The global key prefix is the caller's.
 */
export function priorityQueueKey(queue: string, priority: number, options: PriorityOptions): string {
  const wanted = Number.isFinite(priority) ? Math.min(9, Math.max(0, priority)) : 0;
  const step = options.steps.findLast((candidate) => candidate <= wanted) ?? 0;
  return step === 0 ? queue : `${queue}${options.separator}${step}`;
}

/** All lists of `queue`, in the order in which workers serve them: step 0 first. */
export function listPriorityQueueKeys(queue: string, options: PriorityOptions): string[] {
  return options.steps.map((step) => (step === 0 ? queue : `${queue}${options.separator}${step}`));
}
