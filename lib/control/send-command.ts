import type { Broker } from "@/lib/broker/broker";
import { readAnswer, type WorkerAnswer } from "@/lib/celery/control/read-answer";
import type { ControlRequest } from "@/lib/celery/control-message";
import { AppError } from "@/lib/errors";
import { hideWords } from "./hide-words";

interface WorkerCommand {
  readonly hostname: string;
  readonly request: ControlRequest;
  /** Names whose values are hidden in what the worker says. */
  readonly redact: readonly string[];
}

/** A worker answers within milliseconds, unless it is busy otherwise. */
const TIMEOUT_MS = 5_000;
/** Celery ends idle processes one after the other, and refuses when none is left before it is done. */
const HALF_DONE = " (Processes that were idle may have been ended all the same.)";

/**
 * Sends a command to the one worker that it is addressed to and returns the worker's answer in its own words; where several of
 * one name answer, all of them. Throws AppError `conflict` with the words of a refusal, and `worker_timeout` when
 * nobody answers within 5 s.
 */
export async function sendCommand(
  broker: Pick<Broker, "control">,
  { hostname, request, redact }: WorkerCommand,
): Promise<string> {
  const { listeners, replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
  const answers = replies
    .filter((reply) => reply.hostname === hostname)
    .map(readAnswer)
    .map((answer) => ({ ...answer, text: hideWords(answer.text, redact) }));
  if (answers.length === 0) throw new AppError("worker_timeout", describeSilence(hostname, listeners));
  if (answers.some(({ isRefusal }) => isRefusal)) {
    const half = request.method === "pool_shrink" ? HALF_DONE : "";
    throw new AppError("conflict", `${hostname} refused: ${joinWords(answers)}${half}`);
  }
  return joinWords(answers);
}

/** Nobody answers to `shutdown` (celery-wire.md C.3). Throws AppError `worker_timeout` when there was nobody to hear it. */
export async function sendUnanswered(
  broker: Pick<Broker, "control">,
  hostname: string,
  request: ControlRequest,
): Promise<void> {
  const { listeners } = await broker.control(request, { timeoutMs: 0 });
  if (listeners === 0) throw new AppError("worker_timeout", describeSilence(hostname, listeners));
}

function describeSilence(hostname: string, listeners: number | null): string {
  if (listeners === 0) {
    return `${hostname} can't hear commands: it has no mailbox in the broker. It may have lost its connection, or was started without remote control.`;
  }
  return (
    `${hostname} did not answer within ${TIMEOUT_MS / 1000} s. It may be busy (a solo pool answers between two tasks), ` +
    "or frozen; it may still do what it was told."
  );
}

/** Two workers of one name are a mistake that must be seen: each does what the name is told. */
function joinWords(answers: readonly WorkerAnswer[]): string {
  const [first] = answers;
  if (answers.length === 1 && first !== undefined) return first.text;
  const words = answers.map(({ isRefusal, text }) => (isRefusal ? `(refused) ${text}` : text));
  return `${answers.length} workers of this name answered: ${words.join("; ")}`;
}
