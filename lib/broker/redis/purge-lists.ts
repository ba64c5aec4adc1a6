import type { Redis } from "ioredis";
import { createDepthConflict } from "../depth-conflict";
import { type QueueLists, runQueueScript } from "./run-queue-script";

/** Counts, compares and deletes in one step. UNLINK frees a list of millions without holding up the server. */
const SCRIPT = `
local depth = 0
for _, key in ipairs(KEYS) do depth = depth + redis.call('LLEN', key) end
if depth == tonumber(ARGV[1]) then redis.call('UNLINK', unpack(KEYS)) end
return depth`;

/** Deletes the queue's ready messages and returns how many, or throws AppError `conflict` when others than `expectedDepth` wait. */
export async function purgeLists(client: Redis, lists: QueueLists, expectedDepth: number): Promise<number> {
  const depth = Number(await runQueueScript(client, SCRIPT, lists, expectedDepth));
  if (depth !== expectedDepth) throw createDepthConflict(lists.name, expectedDepth, depth);
  return depth;
}
