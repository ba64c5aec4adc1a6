import type { WorkerRecord } from "@/lib/celery/worker-record";
import type { WorkerAnswers } from "@/lib/store/worker-answers";
import type { KnownCluster } from "./known-cluster";

/** One that never answers (`worker_enable_remote_control = False`) is asked with all others only. */
const MAX_GREETINGS = 10;
/** Workers that are asked for long answers at a time. */
const MAX_CHOSEN = 25;
const LONG_ANSWERS_EVERY_MS = 600_000;

/** Of a worker that has said nothing. */
export const NO_ANSWERS: WorkerAnswers = {
  ...{ pool: null, concurrency: null, prefetchCount: null, pid: null, maxRssBytes: null },
  ...{ queues: null, registered: null, limits: null, acceptContent: null, taskEvents: null },
  ...{ softLimitSeconds: null, hardLimitSeconds: null },
};

/** What workers answered, and which process of that name it was. */
export class AnswerBook {
  readonly #answers = new Map<string, WorkerAnswers>();
  /** Hostname → the process that gave these answers. */
  readonly #processes = new Map<string, string>();
  /** Hostname → the process that left none of the short questions unanswered. */
  readonly #introduced = new Map<string, string>();
  /** Hostname → the process that has started, and how often it was asked in vain. */
  readonly #greetings = new Map<string, { readonly process: string; readonly count: number }>();
  /** Hostname → the process that gave the last long answers, and when. */
  readonly #longAnswers = new Map<string, { readonly process: string; readonly at: number }>();

  constructor({ workers, answers }: Pick<KnownCluster, "workers" | "answers">) {
    for (const [hostname, said] of answers) this.#answers.set(hostname, said);
    for (const record of workers) {
      const { hostname, pid } = record;
      if (answers.get(hostname)?.pid === pid) this.#noteProcess(record, true);
    }
  }

  /** The queues that workers said they consume. */
  queueNames(): readonly string[] {
    return [...new Set([...this.#answers.values()].flatMap((answers) => answers.queues ?? []))];
  }

  /** The content types that it takes, as far as it or its predecessor has said; null is "not known". */
  acceptContentOf(hostname: string): readonly string[] | null {
    return this.#answers.get(hostname)?.acceptContent ?? null;
  }

  /** Whether its main process runs the tasks, as far as it or its predecessor has said. */
  isSolo(hostname: string): boolean {
    return this.#answers.get(hostname)?.pool === "solo";
  }

  /** Whether the worker has answered since it started. */
  hasAnswered(record: WorkerRecord): boolean {
    return this.#processes.get(record.hostname) === processOf(record);
  }

  /** What the worker has answered since it started, null before its first answer. */
  get(record: WorkerRecord): WorkerAnswers | null {
    return this.hasAnswered(record) ? (this.#answers.get(record.hostname) ?? null) : null;
  }

  /**
   * Adds to what the worker said, and returns all of it. What a former process said is not this one's. `isWhole` says that it
   * left no short question unanswered: a worker that is just opening its mailbox may hear the last of them only.
   */
  add(record: WorkerRecord, fresh: Partial<WorkerAnswers>, isWhole: boolean): WorkerAnswers {
    const answers = { ...NO_ANSWERS, ...this.get(record), ...fresh };
    this.#answers.set(record.hostname, answers);
    const isFromFormer = record.pid !== null && answers.pid !== null && record.pid !== answers.pid;
    if (!isFromFormer) this.#noteProcess(record, isWhole);
    return answers;
  }

  #noteProcess(record: WorkerRecord, isWhole: boolean): void {
    this.#processes.set(record.hostname, processOf(record));
    if (isWhole) this.#introduced.set(record.hostname, processOf(record));
  }

  /** Some of `records` that have not answered in full since they started; one that never does is chosen a few times only. */
  chooseNewcomers(records: readonly WorkerRecord[]): readonly string[] {
    const chosen: string[] = [];
    for (const record of records) {
      const { hostname } = record;
      const process = processOf(record);
      const before = this.#greetings.get(hostname);
      const count = before?.process === process ? before.count : 0;
      if (this.#introduced.get(hostname) === process || count >= MAX_GREETINGS) continue;
      this.#greetings.set(hostname, { process, count: count + 1 });
      if (chosen.push(hostname) === MAX_CHOSEN) break;
    }
    return chosen;
  }

  /** Some of `records` that have not given the long answers since they started, or not for long. */
  chooseForLongAnswers(records: readonly WorkerRecord[], now: number): readonly WorkerRecord[] {
    const isDue = (record: WorkerRecord) => {
      const last = this.#longAnswers.get(record.hostname);
      return last?.process !== processOf(record) || now - last.at > LONG_ANSWERS_EVERY_MS;
    };
    return records.filter(isDue).slice(0, MAX_CHOSEN);
  }

  noteLongAnswers(record: WorkerRecord, at: number): void {
    this.#longAnswers.set(record.hostname, { process: processOf(record), at });
  }

  /** Forgets the workers that `isKnown` says are no more. */
  forget(isKnown: (hostname: string) => boolean): void {
    for (const kept of [
      this.#answers,
      this.#processes,
      this.#introduced,
      this.#greetings,
      this.#longAnswers,
    ]) {
      for (const hostname of kept.keys()) if (!isKnown(hostname)) kept.delete(hostname);
    }
  }
}

/** Tells a worker's process from those that had its name before. In containers every one has the same pid. */
function processOf({ pid, bornAt }: WorkerRecord): string {
  return `${pid}@${bornAt}`;
}
