import type { Channel } from "amqplib";
import type { AmqpConnection } from "./connect-node";
import { declarePassively } from "./declare-passively";
import { withChannel } from "./open-channel";

const NOT_FOUND = 404;
const REFUSALS = [403, 405, 406];
/** Of amqplib's errors: `Operation failed: QueueDeclare; 406 (PRECONDITION-FAILED) with message "…"`. */
const OWN_WORDS = /with message "(?:[A-Z_]+ - )?(.*)"$/s;

interface ConsumeAttempt {
  readonly queue: string;
  readonly maxPriority: number | null;
}

/**
 * RabbitMQ's refusal of what a worker declares when it begins to consume a queue that it doesn't know (durable, direct, with
 * `x-max-priority` where its settings say so), in RabbitMQ's words; null: none. Found by declaring the same on a channel of our
 * own, only where exchange and queue are there already: then it changes nothing.
 */
export async function findAmqpConsumeProblem(
  connection: AmqpConnection,
  { queue, maxPriority }: ConsumeAttempt,
): Promise<string | null> {
  const look = (await declarePassively(connection, [queue])).get(queue);
  if (look === null) return "The queue is there already, for another connection alone.";
  const args = maxPriority === null ? {} : { "x-max-priority": maxPriority };
  const declare = (channel: Channel) => channel.assertQueue(queue, { durable: true, arguments: args });
  return (
    (await findExchangeProblem(connection, queue)) ??
    (look === undefined ? null : await findRefusal(() => withChannel(connection, declare)))
  );
}

/** The worker declares an exchange of the queue's name. */
async function findExchangeProblem(connection: AmqpConnection, name: string): Promise<string | null> {
  try {
    await withChannel(connection, (channel) => channel.checkExchange(name));
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) return null;
    throw error;
  }
  return findRefusal(() =>
    withChannel(connection, (channel) => channel.assertExchange(name, "direct", { durable: true })),
  );
}

async function findRefusal(attempt: () => Promise<unknown>): Promise<string | null> {
  try {
    await attempt();
    return null;
  } catch (error) {
    if (!(error instanceof Error && REFUSALS.includes(Number(codeOf(error))))) throw error;
    return `RabbitMQ: ${OWN_WORDS.exec(error.message)?.[1] ?? error.message}.`;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
