/** What a result says of its task; `args` null is "not stored". */
interface StoredEnd {
  readonly state: string | null | undefined;
  readonly worker: string | null | undefined;
  readonly args: unknown;
}

/**
 * Whether no worker ever had a task that failed. When a step of a chain or a part of a chord fails, Celery stores FAILURE for the steps
 * after it as well, from their signatures: with args that lack the result which would have come first among them, and without a worker.
 * Where `result_extended` is off neither is stored, and nothing can be told.
 */
export function hasNeverRun({ state, worker, args }: StoredEnd): boolean {
  return state === "FAILURE" && worker === null && args !== null;
}
