import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { isSafeToAsk } from "@/lib/celery/control/is-safe-to-ask";
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

async function ask(broker: Broker, worker: StoredWorker, question: Question): Promise<Answer> {
  const acceptContent = worker.answers?.acceptContent ?? null;
  const isSafe = isSafeToAsk(question, acceptContent);
  if (question !== "active" && !isSafe) return { question, value: null, note: explainRisk(acceptContent) };
  const request = createControlRequest({
    method: question,
    arguments: {
      // Reprs instead of values: the one form that every worker can write.
      ...(isSafe ? {} : { safe: true }),
      ...(question === "registered" ? { taskinfoitems: TASK_INFO_ITEMS } : {}),
    },
    destination: [worker.hostname],
  });
  try {
    const { replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
    const reply = replies[0];
    if (reply === undefined) return { question, value: null, isSilent: true };
    if (reply.error !== null) return { question, value: null, note: `${question}: ${reply.error}` };
    return { question, value: reply.value };
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
  const what = silent.length === QUESTIONS.length ? "any question" : silent.join(", ");
  return [
    `No answer to ${what} within ${TIMEOUT_MS / 1000} s. It may be busy (a solo pool answers between tasks) or frozen.`,
    ...notes,
  ];
}
