import { z } from "zod";
import type { AmqpAccess } from "./amqp-access";
import { CONTROL_EXCHANGE, nameMailbox } from "./amqp-names";
import { declarePassively } from "./declare-passively";

const bindings = z.array(z.object({ destination: z.string(), destination_type: z.string() }));

/**
 * Counts the workers' mailboxes that a request goes to (celery-wire.md C.1): those named by `destination` by passive declares, all
 * of them from the management API. RabbitMQ deletes a mailbox with its worker's connection. Null when it can't be known.
 */
export async function countMailboxes(
  { link, management, virtualHost }: AmqpAccess,
  destination: readonly string[] | null,
): Promise<number | null> {
  if (destination !== null) {
    const names = [...new Set(destination)].map(nameMailbox);
    return (await link.call((connection) => declarePassively(connection, names))).size;
  }
  const exchange = encodeURIComponent(CONTROL_EXCHANGE);
  const path = `exchanges/${encodeURIComponent(virtualHost)}/${exchange}/bindings/source`;
  const parsed = bindings.safeParse(await management.get(path));
  if (!parsed.success) return null;
  const queues = parsed.data.filter((binding) => binding.destination_type === "queue");
  return new Set(queues.map((binding) => binding.destination)).size;
}
