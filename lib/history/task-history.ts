import type { ResultBackend } from "@/lib/backend/result-backend";
import type { ArgsClass } from "@/lib/celery/args-class";
import type { ArgsSource } from "@/lib/celery/args-source";
import type { TaskAttempt } from "@/lib/celery/task-record";
import type { TaskState } from "@/lib/celery/task-state";
import type { EpochMicros, ResultSort, ResultTable, SlowPart } from "@/lib/results/results";
import type { Store } from "@/lib/store/store";
import type { StoredTaskSort } from "@/lib/store/task-query";

/** Where the history of tasks comes from; `results` is null where no result table is configured. */
export interface HistorySources {
  readonly results: ResultTable | null;
  readonly store: Store;
  /** Celery's own result backend; null or absent where none is configured. */
  readonly backend?: ResultBackend | null;
}

/** A list is made of the rows of the result table, or of what events told. */
export type HistorySource = "results" | "events";

export type HistorySort = ResultSort & StoredTaskSort;

/** A selection of tasks. Lists are alternatives; fields are joined by "and"; absent means "any". */
export interface HistoryFilter {
  readonly states?: readonly TaskState[];
  /** Task names; `*` matches any run of characters. */
  readonly names?: readonly string[];
  readonly workers?: readonly string[];
  readonly queues?: readonly string[];
  /** Half-open `[from, to)` on the finish time. */
  readonly from?: EpochMicros;
  readonly to?: EpochMicros;
  /** Substring of args, kwargs, result or exception; A–Z match a–z. */
  readonly text?: string;
}

/** What is selected, out of which source, in which order. */
export interface HistoryQuery {
  readonly source: HistorySource;
  readonly filter: HistoryFilter;
  readonly sort: HistorySort;
}

/** A task as lists show it. Times are epoch ms; null is "unknown". */
export interface HistoryTask {
  readonly id: string;
  readonly name: string | null;
  readonly state: TaskState;
  readonly worker: string | null;
  readonly queue: string | null;
  /** Text to show: redacted, and in lists cut at 1,024 characters. */
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly retries: number | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  /** When it ended; null while it has not. */
  readonly finishedAt: number | null;
  readonly runtimeSeconds: number | null;
  readonly exception: string | null;
  readonly argsClass: ArgsClass;
  /** The newest id that it was sent again under. */
  readonly redispatchedAs: string | null;
}

export interface HistoryPage {
  readonly tasks: readonly HistoryTask[];
  /** Where the list goes on, as text for a URL; null at its end. */
  readonly nextCursor: string | null;
  /** Epoch ms: set when a bounded search stopped before the end, how far it looked. */
  readonly searchedBackTo: number | null;
  /** Epoch ms: set when an order is only that of the tasks that finished since then; the next pages go on with older ones. */
  readonly sortedSince: number | null;
  /** Why it did not look at everything; null when it did. */
  readonly slow: SlowSearch | null;
}

/** What made a search too slow to look at everything: a part that no index serves, or that only events know. */
export type SlowSearch = SlowPart | "events";

/** A count; `exact` is false when counting stopped before the end. */
export interface HistoryCount {
  readonly count: number;
  readonly exact: boolean;
  /** About how many there are, where the count is not exact and the database has a guess. */
  readonly estimate?: number;
  /** An exact count is on its way: who asks again gets it. */
  readonly isCounting?: boolean;
}

/** One re-dispatch of a task. */
export interface HistoryRedispatch {
  readonly newId: string;
  readonly batchId: string;
  /** Epoch ms. */
  readonly at: number;
  /** The new task's state; null when nothing is known of it. */
  readonly state: TaskState | null;
}

/** A row of the result table as it was before a revoke. Times are epoch ms; texts are uncut. */
export interface HistoryKeptRow {
  /** When it was kept, right before the revoke. */
  readonly at: number;
  readonly state: TaskState;
  readonly name: string | null;
  readonly worker: string | null;
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly result: string | null;
  readonly exception: string | null;
  readonly traceback: string | null;
  /** Its date_done: when it was last written. */
  readonly writtenAt: number;
}

/** Everything known of a task, uncut. */
export interface HistoryTaskDetail extends HistoryTask {
  readonly result: string | null;
  readonly traceback: string | null;
  readonly meta: string | null;
  readonly attempts: readonly TaskAttempt[];
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly groupId: string | null;
  readonly children: readonly string[];
  readonly redispatchOf: string | null;
  /** Newest first. */
  readonly redispatches: readonly HistoryRedispatch[];
  /** Newest first. */
  readonly keptRows: readonly HistoryKeptRow[];
  readonly sentAt: number | null;
  /** date_created of its row: the first write, not the sending. */
  readonly createdAt: number | null;
  /** ISO 8601 as the message had it. */
  readonly eta: string | null;
  readonly expires: string | null;
  readonly periodicTaskName: string | null;
  /** Where its args were read; null is "nowhere". */
  readonly argsFrom: ArgsSource | null;
  /** Why args or kwargs are not exact, in words; null when they are. */
  readonly argsReason: string | null;
  readonly inResultTable: boolean;
  readonly inEvents: boolean;
  /** The Celery settings that would have stored what is missing, in words; null when nothing is. */
  readonly settingHint: string | null;
}
