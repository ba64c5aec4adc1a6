import { AppError } from "@/lib/errors";
import { createLogger } from "@/lib/logger";
import { completeAction, insertAction, type NewAction } from "@/lib/store/actions";
import type { Store } from "@/lib/store/store";

const log = createLogger("control");

/**
 * Does `work` between two notes in the store: who does what to what, before, and what came of it, in words, after. What
 * can't be noted is not done: rejects with AppError `store_unavailable` first. Resolves or rejects as `work` does.
 */
export async function recordAction<T>(
  store: Store,
  action: NewAction,
  work: () => Promise<{ result: string; value: T }>,
): Promise<T> {
  const id = await insertAction(store, action, Date.now());
  try {
    const { result, value } = await work();
    await complete(store, id, { result, succeeded: true });
    return value;
  } catch (error) {
    await complete(store, id, { result: describe(error), succeeded: false });
    throw error;
  }
}

/** It is done by now: a store that is away must not turn the worker's answer into an error. */
async function complete(...[store, id, outcome]: Parameters<typeof completeAction>): Promise<void> {
  await completeAction(store, id, outcome).catch((error: unknown) =>
    log.error(
      { action: id, ...outcome, error: String(error) },
      "the outcome of an action is not in the store",
    ),
  );
}

function describe(error: unknown): string {
  return error instanceof AppError ? error.message : "It failed here; the server's log says why.";
}
