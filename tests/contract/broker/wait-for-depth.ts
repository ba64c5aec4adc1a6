import type { Broker, QueueSample } from "@/lib/broker/broker";
import { waitFor } from "@/tests/support/wait-for";

/** Waits until the broker tells this depth of a queue; returns all that it tells of it then. */
export function waitForDepth(broker: Broker, name: string, depth: number): Promise<QueueSample> {
  return waitFor(
    async () => {
      const { queues } = await broker.sample({ queueNames: [], sentAt: () => null });
      return queues.find((queue) => queue.name === name && queue.depth === depth);
    },
    { what: `${depth} messages in ${name}` },
  );
}
