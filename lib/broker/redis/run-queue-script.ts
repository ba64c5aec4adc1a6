import type { Redis } from "ioredis";
import { AppError } from "@/lib/errors";

/** A queue and the lists of its ready messages, in the order in which workers serve them. */
export interface QueueLists {
  readonly name: string;
  readonly keys: readonly string[];
}

/**
 * Runs a Lua script on a queue's lists, which nobody else can touch meanwhile. Throws AppError `unprocessable` when a key of
 * that name is no list.
 */
export async function runQueueScript(
  client: Redis,
  script: string,
  { name, keys }: QueueLists,
  ...args: readonly number[]
): Promise<unknown> {
  try {
    return await client.eval(script, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes("WRONGTYPE"))) throw error;
    throw new AppError(
      "unprocessable",
      `The broker keeps something else than a queue under the name "${name}".`,
    );
  }
}
