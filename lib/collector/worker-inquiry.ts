import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { createWorkerRecord, type WorkerRecord } from "@/lib/celery/worker-record";
import { bumpTopics } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import type { WorkerAnswers } from "@/lib/store/worker-answers";
import { saveWorkerAnswers, upsertWorkers } from "@/lib/store/workers";
import { type AnswerBook, NO_ANSWERS } from "./answer-book";
import { AnswerRounds } from "./answer-rounds";
import type { RecentRecords } from "./recent-records";
import { SilentWorkers } from "./silent-workers";
import { ENABLE_EVENTS, LONG_QUESTIONS, SHORT_QUESTIONS, type WorkerQuestion } from "./worker-questions";

/** A busy solo worker answers between tasks only: it is asked again next time. */
const TIMEOUT_MS = 2_000;
const SILENT_AFTER_MS = 20_000;
const ASK_EVERY_MS = 15_000;
/** While somebody has begun to leave questions unanswered. */
const ASK_AGAIN_MS = 5_000;
/** How often workers that have just started are looked for: they answer a moment after their first event. */
export const GREET_EVERY_MS = 1_000;

/** What came in answer to some questions. */
interface FreshAnswers {
  readonly answers: Map<string, Partial<WorkerAnswers>>;
  /** Those that answered every question, if only by saying that it can't be answered. */
  readonly whole: ReadonlySet<string>;
  /** Mailboxes that got the questions, as far as is known. */
  readonly listeners: number | null;
}

interface WorkerInquiryParts {
  readonly broker: Broker;
  readonly store: Store;
  readonly recent: RecentRecords;
  readonly book: AnswerBook;
  /** False where workers must not be told to send task events: in read-only mode, or by a setting. */
  readonly mayEnableEvents: boolean;
  /** Takes records that changed. */
  readonly put: (records: readonly WorkerRecord[]) => void;
}

/** Asks the workers what they are and what they consume, and has them send task events, as Flower does. */
export class WorkerInquiry {
  readonly rounds = new AnswerRounds();
  readonly #silent = new SilentWorkers();
  readonly #parts: WorkerInquiryParts;

  constructor(parts: WorkerInquiryParts) {
    this.#parts = parts;
  }

  /** Milliseconds from one round to the next. */
  everyMs(): number {
    return this.rounds.isSuspicious ? ASK_AGAIN_MS : ASK_EVERY_MS;
  }

  /** Asks everyone once. Rejects when the broker or the store is away. */
  async ask(): Promise<void> {
    const online = this.#listOnline();
    const asked = online.filter((record) => this.#parts.book.hasAnswered(record));
    const { listeners, ...fresh } = await this.#putShort(null);
    const answered = new Set(fresh.answers.keys());
    this.rounds.note({ listeners, answered, asked, at: Date.now() });
    await this.#learn(fresh);
    await this.#noteRefusals(online, answered, listeners);
  }

  /** Keeps of the workers that hear questions in JSON and answer none that they take no tasks in JSON, either. */
  async #noteRefusals(
    online: readonly WorkerRecord[],
    answered: ReadonlySet<string>,
    listeners: number | null,
  ): Promise<void> {
    const { store, book } = this.#parts;
    const beating = online.filter(({ freqSeconds }) => freqSeconds !== null);
    const heard = beating.filter((record) => answered.has(record.hostname) || book.hasAnswered(record));
    const round = { online: namesOf(beating), answered: new Set(namesOf(heard)), listeners };
    for (const hostname of this.#silent.note(round)) {
      await saveWorkerAnswers(store, hostname, { ...NO_ANSWERS, refusesJson: true }, Date.now());
    }
  }

  /** Asks the workers that have started since and have not answered in full, if there are any. */
  async greet(): Promise<void> {
    const destination = this.#parts.book.chooseNewcomers(this.#listOnline());
    if (destination.length > 0) await this.#learn(await this.#putShort(destination));
  }

  #listOnline(): WorkerRecord[] {
    return [...this.#parts.recent.workers.values()].filter(isWorkerOnline);
  }

  #putShort(destination: readonly string[] | null): Promise<FreshAnswers> {
    // Events are asked for each time: a worker that lost its connection to the broker forgets it (celery-wire.md C.5).
    const first = this.#parts.mayEnableEvents ? [ENABLE_EVENTS] : [];
    return this.#put([...first, ...SHORT_QUESTIONS], destination);
  }

  async #put(
    questions: readonly WorkerQuestion[],
    destination: readonly string[] | null,
  ): Promise<FreshAnswers> {
    const answers: FreshAnswers["answers"] = new Map();
    const rounds = await Promise.all(
      questions.map(async ({ method, arguments: options, read }) => {
        const request = createControlRequest({ method, arguments: options, destination });
        const round = await this.#parts.broker.control(request, { timeoutMs: TIMEOUT_MS });
        for (const { hostname, value, error } of round.replies) {
          if (error === null) answers.set(hostname, { ...answers.get(hostname), ...saidIn(read(value)) });
        }
        return round;
      }),
    );
    const repliers = rounds.map(({ replies }) => new Set(namesOf(replies)));
    const whole = new Set([...answers.keys()].filter((name) => repliers.every((some) => some.has(name))));
    return { answers, whole, listeners: rounds.at(-1)?.listeners ?? null };
  }

  /** Keeps what workers have just answered, then puts the long questions to some of them, whose answers may be long in coming. */
  async #learn({ answers, whole }: Pick<FreshAnswers, "answers" | "whole">): Promise<void> {
    const { book, recent } = this.#parts;
    await this.#save(answers, whole);
    const known = [...answers.keys()].flatMap((hostname) => recent.workers.get(hostname) ?? []);
    const chosen = book.chooseForLongAnswers(known, Date.now());
    if (chosen.length === 0) return;
    const long = await this.#put(LONG_QUESTIONS, namesOf(chosen));
    for (const record of chosen) {
      const { registered } = long.answers.get(record.hostname) ?? {};
      if (registered !== undefined) book.noteLongAnswers(record, Date.now());
    }
    await this.#save(long.answers);
  }

  /** Keeps answers; `whole` are the workers that answered every short question. */
  async #save(answers: FreshAnswers["answers"], whole: FreshAnswers["whole"] = new Set()): Promise<void> {
    if (answers.size === 0) return;
    const { store, recent, book, put } = this.#parts;
    const now = Date.now();
    const changed = [...answers].flatMap(([hostname, { pid }]) => this.#noteLife(hostname, pid ?? null, now));
    put(changed);
    // Answers are kept beside a record, which must be there.
    await upsertWorkers(store, changed);
    for (const [hostname, said] of answers) {
      const record = recent.workers.get(hostname);
      if (record === undefined) continue;
      await saveWorkerAnswers(store, hostname, book.add(record, said, whole.has(hostname)), now);
    }
    book.forget((hostname) => recent.workers.has(hostname));
    await bumpTopics(store, ["workers"]);
  }

  /** A worker that answers but sends no heartbeats (`--without-heartbeat`) lives by its answers: its record, if that changed. */
  #noteLife(hostname: string, pid: number | null, now: number): WorkerRecord[] {
    const { workers } = this.#parts.recent;
    const known = workers.get(hostname) ?? { ...createWorkerRecord(hostname, now), announced: "silent", pid };
    const hasRestarted = known.freqSeconds === null && pid !== null && known.pid !== pid;
    const isHeard = isWorkerOnline(known) && now - known.lastHeartbeatAt < SILENT_AFTER_MS;
    if (isHeard && !hasRestarted) return [];
    const life = hasRestarted ? { pid, formerPid: known.pid, bornAt: now, progressAt: now } : {};
    const record: WorkerRecord = { ...known, ...life, announced: "online", lastHeartbeatAt: now };
    workers.set(hostname, record);
    return [record];
  }
}

function namesOf(records: readonly { readonly hostname: string }[]): readonly string[] {
  return records.map(({ hostname }) => hostname);
}

/** Only what the worker said: what it left out must not hide what it said before. */
function saidIn(answers: Partial<WorkerAnswers>): Partial<WorkerAnswers> {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value != null));
}
