import type { Channel } from "amqplib";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { AmqpLink } from "./amqp-link";
import { withChannel } from "./open-channel";

const TIMEOUT_MS = 10_000;

/**
 * Runs `work` on a throw-away channel, told how many messages are ready at this moment. Rejects with AppError `not_found` for a
 * queue that is not there, `unprocessable` for one that belongs to another connection, `forbidden` where RabbitMQ does not
 * let our user read it.
 */
export async function lookAtQueue<T>(
  link: AmqpLink,
  name: string,
  work: (channel: Channel, depth: number) => Promise<T>,
): Promise<T> {
  const look = link.call(
    (connection) =>
      withChannel(connection, async (channel) =>
        work(channel, (await channel.checkQueue(name)).messageCount),
      ),
    TIMEOUT_MS,
  );
  return look.catch((error: unknown) => {
    throw explain(error, name) ?? error;
  });
}

function explain(error: unknown, name: string): AppError | null {
  const cause = error instanceof AppError ? error.cause : null;
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  const refusal = REFUSALS.find((one) => one.reply === code);
  return refusal === undefined ? null : new AppError(refusal.code, refusal.describe(name), { cause });
}

/** AMQP's reply codes. */
const REFUSALS: readonly { reply: number; code: ErrorCode; describe: (name: string) => string }[] = [
  { reply: 404, code: "not_found", describe: (name) => `RabbitMQ has no queue "${name}".` },
  {
    ...{ reply: 405, code: "unprocessable" },
    describe: (name) => `"${name}" is the own queue of another connection (exclusive).`,
  },
  {
    ...{ reply: 403, code: "forbidden" },
    describe: (name) =>
      `RabbitMQ does not let Celeriac's user read "${name}": give it read permission on this queue.`,
  },
];
