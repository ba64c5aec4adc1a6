import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isSafeToAsk } from "@/lib/celery/control/is-safe-to-ask";
import { pickCelerySettings } from "@/lib/celery/control/pick-celery-settings";
import { TASK_INFO_ITEMS } from "@/lib/celery/control/read-registered-tasks";
import type { WireValue } from "@/lib/celery/wire-value";
import { AppError } from "@/lib/errors";
import type { StoredWorker } from "@/lib/store/workers";
import { hideSecrets } from "./hide-secrets";

const TIMEOUT_MS = 1500;
const QUESTIONS = [
  "stats",
  "active",
  "reserved",
  "scheduled",
  "registered",
  "revoked",
  "conf",
  "active_queues",
] as const;
type Question = (typeof QUESTIONS)[number];

/** A worker's own answers, secrets hidden; null where it gave none. */
export interface WorkerInterview extends Readonly<Record<Question, WireValue>> {
  /** For each null, why. */
  readonly notes: readonly string[];
}

interface Answer {
  readonly question: Question;
  readonly value: WireValue;
  readonly isSilent?: boolean;
  readonly note?: string;
}

/** What is there of a worker that is not asked. */
export function skipInterview(note: string): WorkerInterview {
  return { ...NOTHING, notes: [note] };
}

/**
 * Puts every question to one worker at once. An answer is null, with a note, where the worker did not answer within
 * 1.5 s, refused, or could be frozen by answering (celery-wire.md C.7).
 */
export async function askWorker(
  broker: Broker,
  worker: StoredWorker,
  redact: readonly string[],
): Promise<WorkerInterview> {
  const answers = await Promise.all(QUESTIONS.map((question) => ask(broker, worker, question)));
  const values = answers.map(({ question, value }) => [question, hideSecrets(value, redact)] as const);
  return { ...NOTHING, ...Object.fromEntries(values), notes: [...new Set(describe(answers))] };
}

const NOTHING: Readonly<Record<Question, WireValue>> = {
  ...{ stats: null, active: null, reserved: null, scheduled: null },
  ...{ registered: null, revoked: null, conf: null, active_queues: null },
};

/** Django's projects tell Celery's own settings only with the defaults among them. */
const ARGUMENTS: { readonly [Name in Question]?: Readonly<Record<string, WireValue>> } = {
  registered: { taskinfoitems: TASK_INFO_ITEMS },
  conf: { with_defaults: true },
};

async function ask(broker: Broker, worker: StoredWorker, question: Question): Promise<Answer> {
  const acceptContent = worker.answers?.acceptContent ?? null;
  const isSafe = isSafeToAsk(question, acceptContent);
  if (question !== "active" && !isSafe) return { question, value: null, note: explainRisk(acceptContent) };
  const request = createControlRequest({
    method: question,
    // Reprs instead of values: the one form that every worker can write.
    arguments: isSafe ? ARGUMENTS[question] : { safe: true },
    destination: [worker.hostname],
  });
  try {
    const { replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
    const reply = replies[0];
    if (reply === undefined) return { question, value: null, isSilent: true };
    if (reply.error !== null) return { question, value: null, note: `${question}: ${reply.error}` };
    const value = question === "conf" ? pickCelerySettings(reply.value) : reply.value;
    return { question, value };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "broker_unavailable") throw error;
    return { question, value: null, note: `The worker could not be asked. ${error.message}` };
  }
}

function explainRisk(acceptContent: readonly string[] | null): string {
  const accepts = acceptContent === null ? "not known yet" : acceptContent.join(", ");
  return (
    `The tasks that it has reserved and scheduled were not asked for: a worker that accepts more than JSON ` +
    `(here: ${accepts}) can freeze on answering.`
  );
}

function describe(answers: readonly Answer[]): string[] {
  const silent = answers.filter(({ isSilent }) => isSilent).map(({ question }) => question);
  const notes = answers.flatMap(({ note }) => note ?? []);
  if (silent.length === 0) return notes;
  const asked = answers.filter(({ note }) => note === undefined);
  const what = silent.length === asked.length ? "any question" : silent.join(", ");
  return [
    `No answer to ${what} within ${TIMEOUT_MS / 1000} s. It may be busy (a solo pool answers between tasks) or frozen.`,
    ...notes,
  ];
}
