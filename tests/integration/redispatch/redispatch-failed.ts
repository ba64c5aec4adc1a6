import type { BatchItem } from "@/lib/api/schemas/redispatches";
import { FAILED } from "./failed-tasks";
import type { RetryStage } from "./retry-stage";

/** Previews and sends what the filter matches; returns the batch's items when all that was sent has succeeded. */
export async function redispatch(stage: RetryStage, choices: { confirmTyped?: boolean } = {}) {
  const preview = await stage.preview(FAILED, choices);
  const id = await stage.create(FAILED, preview.snapshot, choices);
  const batch = await stage.until(id, ({ state, dispatched, outcomes }) => {
    return state === "done" && outcomes.succeeded === dispatched;
  });
  return { preview, batch, items: await stage.listItems(id) };
}

/** Those of the items that were sent. */
export function sentOf(items: readonly BatchItem[]): readonly BatchItem[] {
  return items.filter((item) => item.status === "sent");
}
