/** States of a batch; `draft` is the frozen snapshot of a preview and is shown to nobody. */
export type BatchState = "draft" | "running" | "paused" | "done" | "cancelled" | "failed";
/** `doubtful`: it may have been sent or not, and a person decides which of the two is taken for granted. */
export type ItemStatus = "waiting" | "sent" | "skipped" | "failed" | "doubtful";
export type ItemOutcome = "pending" | "succeeded" | "failed";

/** A change of the kwargs of all tasks of one name, as a person wrote it: values are JSON texts. */
export interface StoredPatch {
  readonly name: string;
  readonly set: Readonly<Record<string, string>>;
  /** Old name → new name. */
  readonly rename: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** The choices that a person made for a batch. */
export interface BatchOptions {
  readonly countdownSeconds: number | null;
  /** The choices from here to `queue` are absent in what an earlier version stored, and in drafts. */
  readonly spreadSeconds?: number | null;
  /** Ready messages of a queue at which the batch waits. */
  readonly keepQueueBelow?: number | null;
  /** 0 to 9. */
  readonly priority?: number | null;
  /** The queue that was chosen for all tasks. */
  readonly queue?: string | null;
  readonly confirmTyped: boolean;
  readonly includeRedispatched: boolean;
  /** These three are absent in what an earlier version stored, and the latter two in drafts. */
  readonly includeLost?: boolean;
  /** At most one patch a name. */
  readonly patches?: readonly StoredPatch[];
  /** What is changed of the args, in words, hidden values hidden. */
  readonly changes?: readonly string[];
  /** Tells whether a later request means the same selection. */
  readonly selectionDigest: string;
}

/** A batch and its progress. Times are epoch ms. */
export interface BatchRecord {
  readonly id: string;
  readonly state: BatchState;
  readonly actor: string;
  readonly reason: string;
  /** The selection in words, and as the query of the tasks page (null for a list of ids). */
  readonly selection: string;
  readonly selectionQuery: string | null;
  readonly options: BatchOptions;
  readonly ratePerSecond: number | null;
  readonly total: number;
  readonly dispatched: number;
  readonly skipped: number;
  readonly failed: number;
  /** Of those failed, the ones that may have been sent all the same. */
  readonly doubtful: number;
  /** Of those dispatched, how they ended; the rest are pending. */
  readonly outcomes: { readonly pending: number; readonly succeeded: number; readonly failed: number };
  /** Items before this one are settled. */
  readonly position: number;
  /** Items from `position` to before this one may be on their way to the broker; null between chunks. */
  readonly chunkEnd: number | null;
  readonly error: string | null;
  /** What a batch that keeps its queue short waits for, in words. */
  readonly waitsFor: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** When something was last sent or an outcome last seen. */
  readonly movedAt: number | null;
}

/** One task of a batch. */
export interface BatchItemRecord {
  readonly position: number;
  readonly originalId: string;
  readonly newId: string;
  readonly name: string | null;
  readonly queue: string | null;
  readonly queueRule: string | null;
  readonly status: ItemStatus;
  readonly reason: string | null;
  readonly outcome: ItemOutcome | null;
  /** Of a task that failed again: the kind of its error. */
  readonly error: string | null;
  /** What the task looked like when it was planned. */
  readonly fingerprint: string | null;
  /** The newest new id that the task had when it was planned, "" for none. */
  readonly after: string;
  /** JSON texts that a person supplied, or null for the stored ones. */
  readonly args: string | null;
  readonly kwargs: string | null;
}
