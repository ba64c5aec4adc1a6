import { type BlockReason, type Preview, REPAIRABLE_REASONS } from "@/lib/api/schemas/redispatches";
import type { PatchEffects } from "./use-patch-effects";
import type { TaskRepair } from "./use-repairs";

/** How many of a preview's tasks would be sent once the repairs are made. */
export function countSendable(
  preview: Preview,
  tasks: readonly TaskRepair[],
  { refused }: Pick<PatchEffects, "refused">,
): number {
  // What the preview has agreed to since the repair is among its ready ones already.
  const blocked = new Set<BlockReason>(preview.blocked.map(({ reason }) => reason));
  const repaired = tasks.filter(
    ({ reason }) => reason !== null && isRepairable(reason) && blocked.has(reason),
  );
  return Math.max(0, preview.ready + repaired.length - refused);
}

/** Says whether a task with this reason is sent once a person has supplied its args. */
export function isRepairable(reason: BlockReason): boolean {
  return REPAIRABLE_REASONS.includes(reason);
}
