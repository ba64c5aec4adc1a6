import { writeAnswer } from "@/components/control/write-answer";
import { ApiError } from "@/lib/api/client";
import type { CommandAnswer } from "@/lib/api/schemas/control";

/** What came of a command at one worker. */
export interface BulkOutcome {
  state: "done" | "refused" | "silent" | "failed";
  /** The worker's own words, or what stood in the way. */
  words: string;
}

/** A few at a time: a worker that does not answer is waited for, and the others should not wait behind it. */
const AT_ONCE = 6;

/** Sends one command to each worker, a few at a time, and tells what came of each as it comes. Never rejects. */
export async function sendToEach(
  hostnames: readonly string[],
  send: (hostname: string) => Promise<CommandAnswer>,
  onOutcome: (hostname: string, outcome: BulkOutcome) => void,
): Promise<void> {
  const left = [...hostnames];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const hostname = next;
      onOutcome(hostname, await send(hostname).then(toOutcome, toFailure));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function toOutcome(answer: CommandAnswer): BulkOutcome {
  return { state: "done", words: writeAnswer(answer) };
}

function toFailure(error: Error): BulkOutcome {
  const status = error instanceof ApiError ? error.status : null;
  return { state: status === 409 ? "refused" : status === 504 ? "silent" : "failed", words: error.message };
}
