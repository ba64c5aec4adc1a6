import type { ResultBackend } from "@/lib/backend/result-backend";
import type { ExactArgs } from "@/lib/celery/args/exact-args";
import { decodeSerialized } from "@/lib/celery/result/decode-serialized";
import { readBackendArgs } from "@/lib/celery/result/read-backend-args";
import { type CapturedArgs, listCapturedArgs } from "@/lib/store/captured-args";
import type { Store } from "@/lib/store/store";

/** Where real args may be kept beside the result table. */
export interface ExactArgsSources {
  readonly store: Store;
  /** Null or absent where none is configured. */
  readonly backend?: ResultBackend | null;
}

/**
 * Real args of at most 1,000 tasks, of each in the order in which they are to be tried
 * (docs/decisions/0012-exact-args-in-order.md); tasks of which there are none are absent. Rejects with AppError
 * `results_unavailable` while a configured backend is away.
 */
export async function findExactArgs(
  { store, backend }: ExactArgsSources,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ExactArgs[]>> {
  if (taskIds.length === 0) return new Map();
  const [captured, stored] = await Promise.all([
    listCapturedArgs(store, taskIds),
    backend?.listArgs(taskIds),
  ]);
  const found = new Map<string, readonly ExactArgs[]>();
  for (const id of taskIds) {
    const call = captured.get(id);
    const result = stored?.get(id);
    if (call ?? result) found.set(id, [...(call ? [toExactArgs(call)] : []), ...(result ? [result] : [])]);
  }
  return found;
}

function toExactArgs({ name, args, kwargs }: CapturedArgs): ExactArgs {
  const decode = (text: string) => decodeSerialized(new TextEncoder().encode(text));
  const call = { status: null, worker: null, args: decode(args), kwargs: decode(kwargs) };
  return { source: "captured", name, ...readBackendArgs(call) };
}
