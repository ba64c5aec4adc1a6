import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import type { WorkerRecord } from "@/lib/celery/worker-record";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import type { WorkerAnswers } from "@/lib/store/worker-answers";
import { saveWorkerAnswers, upsertWorkers } from "@/lib/store/workers";
import type { RecentRecords } from "./recent-records";
import { SilentWorkers } from "./silent-workers";
import { ENABLE_EVENTS, LONG_QUESTIONS, SHORT_QUESTIONS, type WorkerQuestion } from "./worker-questions";

/** A busy solo worker answers between tasks only: it is asked again next time. */
const TIMEOUT_MS = 2_000;
/** Long answers, which change only when a worker starts again, are asked for rarely and from a few workers at a time. */
const LONG_ANSWERS_EVERY_MS = 600_000;
const LONG_ANSWERS_WORKERS = 25;
const SILENT_AFTER_MS = 20_000;
/** How often the workers are asked. */
export const INQUIRY_EVERY_MS = 15_000;

const NOTHING: WorkerAnswers = {
  ...{ pool: null, concurrency: null, prefetchCount: null, pid: null, maxRssBytes: null },
  ...{ queues: null, registered: null, acceptContent: null, taskEvents: null },
};

interface WorkerInquiryParts {
  readonly broker: Broker;
  readonly store: Store;
  readonly recent: RecentRecords;
  /** False in read-only mode: then workers are not told to send task events. */
  readonly mayEnableEvents: boolean;
}

/** Asks the workers what they are and what they consume, and has them send task events, as Flower does. */
export class WorkerInquiry {
  readonly #parts: WorkerInquiryParts;
  readonly #answers = new Map<string, WorkerAnswers>();
  readonly #silent = new SilentWorkers();
  /** Hostname → pid and time of the last long answers. */
  readonly #longAnswers = new Map<string, { readonly pid: number | null; readonly at: number }>();

  constructor(parts: WorkerInquiryParts, known: ReadonlyMap<string, WorkerAnswers>) {
    this.#parts = parts;
    for (const [hostname, answers] of known) this.#answers.set(hostname, answers);
  }

  /** The queues that workers said they consume. */
  queueNames(): readonly string[] {
    return [...new Set([...this.#answers.values()].flatMap((answers) => answers.queues ?? []))];
  }

  /** What the worker said that it accepts; null is "not known". */
  acceptContentOf(hostname: string): readonly string[] | null {
    return this.#answers.get(hostname)?.acceptContent ?? null;
  }

  /** Asks everyone once. Rejects when the broker or the store is away. */
  async ask(): Promise<void> {
    const fresh = new Map<string, Partial<WorkerAnswers>>();
    // Events are asked for each time: a worker that lost its connection to the broker forgets it (celery-wire.md C.5).
    const first = this.#parts.mayEnableEvents ? [ENABLE_EVENTS] : [];
    const online = this.#listOnline();
    let listeners: number | null = null;
    for (const question of [...first, ...SHORT_QUESTIONS]) listeners = await this.#put(question, null, fresh);
    for (const hostname of fresh.keys()) fresh.set(hostname, { ...fresh.get(hostname), refusesJson: false });
    for (const hostname of this.#silent.note({ online, answered: new Set(fresh.keys()), listeners })) {
      // What it said in an earlier life, with other settings, does not hold.
      if (this.#answers.get(hostname)?.refusesJson !== true)
        fresh.set(hostname, { ...NOTHING, refusesJson: true });
    }
    const destination = this.#chooseForLongAnswers(fresh);
    if (destination.length > 0) {
      for (const question of LONG_QUESTIONS) await this.#put(question, destination, fresh);
      for (const hostname of destination) {
        const { pid = null, registered } = fresh.get(hostname) ?? {};
        if (registered !== undefined) this.#longAnswers.set(hostname, { pid, at: Date.now() });
      }
    }
    await this.#save(fresh);
  }

  async #put(
    { method, arguments: options, read }: WorkerQuestion,
    destination: readonly string[] | null,
    fresh: Map<string, Partial<WorkerAnswers>>,
  ): Promise<number | null> {
    const request = createControlRequest({ method, arguments: options, destination });
    const { replies, listeners } = await this.#parts.broker.control(request, { timeoutMs: TIMEOUT_MS });
    for (const { hostname, value, error } of replies) {
      if (error === null) fresh.set(hostname, { ...fresh.get(hostname), ...saidIn(read(value)) });
    }
    return listeners;
  }

  /** By their heartbeats: one that only its answers show has answered. */
  #listOnline(): readonly string[] {
    const now = Date.now();
    return [...this.#parts.recent.workers.values()]
      .filter((worker) => isWorkerOnline(worker, now))
      .map(({ hostname }) => hostname);
  }

  /** Some of the workers that have not answered the long questions since they started, or not for long. */
  #chooseForLongAnswers(fresh: ReadonlyMap<string, Partial<WorkerAnswers>>): readonly string[] {
    const isDue = ([hostname, { pid }]: [string, Partial<WorkerAnswers>]) => {
      if (fresh.get(hostname)?.refusesJson) return false;
      const last = this.#longAnswers.get(hostname);
      const isAnother = pid !== undefined && pid !== last?.pid;
      return last === undefined || isAnother || Date.now() - last.at > LONG_ANSWERS_EVERY_MS;
    };
    return [...fresh]
      .filter(isDue)
      .slice(0, LONG_ANSWERS_WORKERS)
      .map(([hostname]) => hostname);
  }

  async #save(fresh: ReadonlyMap<string, Partial<WorkerAnswers>>): Promise<void> {
    if (fresh.size === 0) return;
    const { store } = this.#parts;
    const now = Date.now();
    const heard = [...fresh].filter(([, { refusesJson }]) => !refusesJson).map(([hostname]) => hostname);
    const silent = heard.flatMap((hostname) => this.#describeSilent(hostname, now) ?? []);
    await upsertWorkers(store, silent);
    for (const [hostname, answers] of fresh) {
      const merged = { ...NOTHING, ...this.#answers.get(hostname), ...answers };
      this.#answers.set(hostname, merged);
      await saveWorkerAnswers(store, hostname, merged, now);
    }
    this.#forgetGone();
    await bumpTopics(store, ["workers"]);
  }

  /** A worker that answers but sends no heartbeats (`--without-heartbeat`) lives by its answers. */
  #describeSilent(hostname: string, now: number): WorkerRecord | null {
    const { workers } = this.#parts.recent;
    const known = workers.get(hostname);
    if (known !== undefined && isWorkerOnline(known, now) && now - known.lastHeartbeatAt < SILENT_AFTER_MS)
      return null;
    const record: WorkerRecord = {
      ...(known ?? BLANK),
      ...{ hostname, announced: "online", lastHeartbeatAt: now, freqSeconds: INQUIRY_EVERY_MS / 1000 },
    };
    workers.set(hostname, record);
    return record;
  }

  /** Keeps no more about workers than there are records of them. */
  #forgetGone(): void {
    const { workers } = this.#parts.recent;
    for (const hostname of this.#answers.keys()) {
      if (workers.has(hostname)) continue;
      this.#answers.delete(hostname);
      this.#longAnswers.delete(hostname);
    }
  }
}

const BLANK = {
  ...{ pid: null, active: null, processed: null, loadAverage: null },
  ...{ softwareIdentity: null, softwareVersion: null, softwareSystem: null },
};

/** Only what the worker said: what it left out must not hide what it said before. */
function saidIn(answers: Partial<WorkerAnswers>): Partial<WorkerAnswers> {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value != null));
}
