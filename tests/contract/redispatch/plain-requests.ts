import type { PreviewRequest } from "@/lib/redispatch/create-preview";
import type { BatchRequest } from "@/lib/redispatch/start-batch";

/** What a person agreed to: nothing but the plain re-dispatch. */
const AGREED = { confirmTyped: false, includeRedispatched: false, includeLost: false } as const;

/** A preview of `selection` with nothing chosen, but for `part`. */
export function makePreviewRequest(
  selection: PreviewRequest["selection"],
  part: Partial<PreviewRequest> = {},
): PreviewRequest {
  return { selection, actor: "anna", queue: null, ...AGREED, ...part };
}

/** The start of a previewed batch with nothing chosen, but for `part`. */
export function makeBatchRequest(snapshot: string, part: Partial<BatchRequest> = {}): BatchRequest {
  return {
    ...{ snapshot, selection: null, actor: "anna", reason: "outage", queue: null },
    ...{ ratePerSecond: null, countdownSeconds: null, spreadSeconds: null, keepQueueBelow: null },
    ...{ priority: null, overrides: [], patches: [], changes: [] },
    ...AGREED,
    ...part,
  };
}
