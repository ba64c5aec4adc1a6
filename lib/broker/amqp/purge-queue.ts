import { AppError } from "@/lib/errors";
import { createDepthConflict } from "../depth-conflict";
import type { AmqpAccess } from "./amqp-access";
import { findQueueKind } from "./find-queue-kind";
import { lookAtQueue } from "./look-at-queue";

/**
 * Deletes the queue's ready messages and returns how many, or throws AppError `conflict` when others than `expectedDepth` wait.
 * AMQP has no purge on a condition. The count is asked for on the purge's own channel and directly before it: what comes or
 * goes while this answer and the purge are on their way is not noticed before, and shows in the number returned.
 */
export async function purgeAmqpQueue(
  access: AmqpAccess,
  name: string,
  expectedDepth: number,
): Promise<number> {
  // RabbitMQ would end the whole connection over it (540, seen with 3.10).
  if ((await findQueueKind(access, name)) === "stream") {
    throw new AppError("unprocessable", `"${name}" is a stream, and RabbitMQ can't purge a stream.`);
  }
  return lookAtQueue(access.link, name, async (channel, depth) => {
    if (depth !== expectedDepth) throw createDepthConflict(name, expectedDepth, depth);
    return (await channel.purgeQueue(name)).messageCount;
  });
}
