import type { Broker } from "@/lib/broker/broker";
import { readAnswer, type WorkerAnswer } from "@/lib/celery/control/read-answer";
import type { ControlRequest } from "@/lib/celery/control-message";
import { AppError } from "@/lib/errors";
import { hideWords } from "./hide-words";

const TIMEOUT_MS = 3_000;
/** Of a worker that holds no such task: that is no news where another one does. */
const UNKNOWN = "terminate: tasks unknown";

/** One worker's part in the answer to a revoke. */
export interface RevokeReply {
  readonly hostname: string;
  readonly reply: string;
}

/** What came of a revoke, a worker at a time; `reply` is the one that says most. */
export interface RevokeOutcome {
  readonly reply: string;
  readonly replies: readonly RevokeReply[];
}

interface RevokeBroadcast {
  readonly request: ControlRequest;
  /** Workers from which an answer is due. */
  readonly expected: readonly string[];
  readonly redact: readonly string[];
}

/**
 * Sends a revoke to the workers that it is addressed to and gathers what they say; one that says nothing within 3 s is among
 * the replies, too. Throws AppError `worker_timeout` when nobody answers, and `conflict` with everybody's words when
 * one refuses.
 */
export async function broadcastRevoke(
  broker: Pick<Broker, "control">,
  { request, expected, redact }: RevokeBroadcast,
): Promise<RevokeOutcome> {
  const { replies } = await broker.control(request, { timeoutMs: TIMEOUT_MS });
  const answers = replies
    .map(readAnswer)
    .map((answer) => ({ ...answer, text: hideWords(answer.text, redact) }))
    .sort((a, b) => Number(a.text === UNKNOWN) - Number(b.text === UNKNOWN));
  const [first] = answers;
  if (first === undefined) {
    throw new AppError(
      "worker_timeout",
      `No worker answered within ${TIMEOUT_MS / 1000} s (${expected.join(", ")}); they may still do it.`,
    );
  }
  if (answers.some(({ isRefusal }) => isRefusal)) throw new AppError("conflict", describeRefusals(answers));
  return { reply: first.text, replies: [...answers.map(toReply), ...describeSilence(answers, expected)] };
}

/** The others have done it: nobody should think that nothing happened. */
function describeRefusals(answers: readonly WorkerAnswer[]): string {
  return [...answers]
    .sort((a, b) => Number(b.isRefusal) - Number(a.isRefusal))
    .map(({ hostname, isRefusal, text }) => `${hostname} ${isRefusal ? "refused" : "answered"}: ${text}`)
    .join("; ");
}

function describeSilence(answers: readonly WorkerAnswer[], expected: readonly string[]): RevokeReply[] {
  const heard = new Set(answers.map(({ hostname }) => hostname));
  const reply = `no answer within ${TIMEOUT_MS / 1000} s: it may not know of it, and run the task`;
  return expected.filter((hostname) => !heard.has(hostname)).map((hostname) => ({ hostname, reply }));
}

function toReply({ hostname, text }: WorkerAnswer): RevokeReply {
  return { hostname, reply: text };
}
