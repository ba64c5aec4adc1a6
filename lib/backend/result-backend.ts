import type { ExactArgs } from "@/lib/celery/args/exact-args";
import type { ExactArgsSource } from "@/lib/celery/args-source";

/** Whether the result backend can be reached. `since` is epoch ms of the last change. */
export interface ResultBackendStatus {
  readonly connected: boolean;
  /** The backend's URL with every secret masked. */
  readonly url: string;
  readonly since: number;
  readonly error: string | null;
}

/** Told for each entry as it is stored: the task and the entry's bytes. Must be quick and must not throw. */
export type ResultHandler = (taskId: string, entry: Uint8Array, receivedAt: number) => void;

/**
 * The port to a result backend of Celery's own, in which results are stored with the tasks' real args. Read-only.
 * Methods reject with AppError `results_unavailable` while it is away.
 */
export interface ResultBackend {
  readonly source: Extract<ExactArgsSource, "redis-backend" | "database-backend">;
  getStatus(): ResultBackendStatus;
  /** What it has of at most 1,000 tasks; those that it does not know, or whose entry is too large, are absent. */
  listArgs(taskIds: readonly string[]): Promise<ReadonlyMap<string, ExactArgs>>;
  /**
   * Tells every entry as it is stored, and again after each reconnection; what is stored while the connection is down is
   * not told. Resolves once subscribed, and waits for a backend that is away; ends when `signal` aborts. null where
   * results are not announced.
   */
  readonly subscribeResults: ((handler: ResultHandler, signal: AbortSignal) => Promise<void>) | null;
  close(): Promise<void>;
}
