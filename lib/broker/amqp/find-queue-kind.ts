import { z } from "zod";
import type { AmqpAccess } from "./amqp-access";

/** `classic`, `quorum`, `stream`, or what a later RabbitMQ brings. */
const page = z.object({ items: z.array(z.object({ name: z.string(), type: z.string() })) });

/** Returns the kind of a queue, which only the management API tells, or null when it does not. */
export async function findQueueKind(
  { management, virtualHost }: Pick<AmqpAccess, "management" | "virtualHost">,
  name: string,
): Promise<string | null> {
  // Asked for as a list: a queue that is not there is no failure, after which the API would be left alone for a while.
  const pattern = `^${name.replace(/[^\p{L}\p{N}_]/gu, (character) => (character > "\x7f" ? character : `\\${character}`))}$`;
  const query = new URLSearchParams({
    ...{ page: "1", page_size: "100", use_regex: "true", name: pattern, columns: "name,type" },
  });
  const answer = page.safeParse(await management.get(`queues/${encodeURIComponent(virtualHost)}?${query}`));
  return answer.data?.items.find((queue) => queue.name === name)?.type ?? null;
}
