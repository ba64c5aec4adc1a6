import type { Redis } from "ioredis";
import { z } from "zod";
import { createUnreadMessage } from "@/lib/celery/message/describe-waiting-message";
import { readWaitingEnvelope } from "@/lib/celery/virtual/read-waiting-envelope";
import type { QueuePeek } from "../broker";
import { describeTooLong, LONGEST_SHOWN_BYTES, MOST_PEEKED_BYTES, noteFewer } from "../peek-limits";
import { type QueueLists, runQueueScript } from "./run-queue-script";

/**
 * Takes one message after the other from the tails, because a list tells the length of an element only with the element
 * itself: a range of a hundred might hold gigabytes. What is too long to be shown does not leave the server.
 */
const SCRIPT = `
local left, budget, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local depth, found = 0, {}
for _, key in ipairs(KEYS) do
  local length = redis.call('LLEN', key)
  depth = depth + length
  for place = 1, math.min(left, length) do
    if budget <= 0 then break end
    local message = redis.call('LINDEX', key, -place)
    found[#found + 1] = { #message, #message <= longest and message or '' }
    budget = budget - #message
    left = left - 1
  end
end
return { depth, found }`;

const answerSchema = z.tuple([z.number(), z.array(z.tuple([z.number(), z.string()]))]);

/** Reads up to `limit` messages in the order in which workers will take them, at most some 4 MiB and one message more. */
export async function peekLists(client: Redis, lists: QueueLists, limit: number): Promise<QueuePeek> {
  const limits = [limit, MOST_PEEKED_BYTES, LONGEST_SHOWN_BYTES];
  const [depth, found] = answerSchema.parse(await runQueueScript(client, SCRIPT, lists, ...limits));
  const messages = found.map(([bytes, envelope]) =>
    bytes > LONGEST_SHOWN_BYTES
      ? createUnreadMessage(describeTooLong(bytes), false)
      : readWaitingEnvelope(envelope),
  );
  return {
    depth,
    messages,
    note: messages.length < Math.min(limit, depth) ? noteFewer(messages.length) : null,
  };
}
