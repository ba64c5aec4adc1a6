import type { AmqpConnection } from "./connect-node";
import { withChannel } from "./open-channel";

const NOT_FOUND = 404;
const RESOURCE_LOCKED = 405;

/** What a passive declare tells of a queue: ready messages and consumers. */
export interface PassiveLook {
  readonly ready: number;
  readonly consumers: number;
}

/**
 * Looks at queues by passive declares, which change nothing, and returns those that there are. A queue that is another
 * connection's own is there and says nothing: null. RabbitMQ closes the channel over each that is not there.
 */
export async function declarePassively(
  connection: AmqpConnection,
  names: readonly string[],
): Promise<Map<string, PassiveLook | null>> {
  const found = new Map<string, PassiveLook | null>();
  let next = 0;
  while (next < names.length) {
    await withChannel(connection, async (channel) => {
      for (; next < names.length; next += 1) {
        const name = names[next] ?? "";
        const { messageCount, consumerCount } = await channel.checkQueue(name);
        found.set(name, { ready: messageCount, consumers: consumerCount });
      }
    }).catch((error: unknown) => {
      const code = error instanceof Error && "code" in error ? error.code : null;
      if (code !== NOT_FOUND && code !== RESOURCE_LOCKED) throw error;
      if (code === RESOURCE_LOCKED) found.set(names[next] ?? "", null);
      next += 1;
    });
  }
  return found;
}
