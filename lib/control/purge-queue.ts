import type { Broker } from "@/lib/broker/broker";
import { getQueueOrRefuse } from "@/lib/store/queues";
import type { Store } from "@/lib/store/store";
import { recordAction } from "./record-action";

interface Purge {
  readonly name: string;
  /** What the person saw. */
  readonly depth: number;
  readonly actor: string;
}

/**
 * Deletes the ready messages of a queue, keeps a note of it, and returns how many there were. Rejects with AppError `not_found`
 * for a queue that was never seen, `conflict` when other than `depth` wait; else as the broker does.
 */
export async function purgeQueue(
  { store, broker }: { readonly store: Store; readonly broker: Broker },
  { name, depth, actor }: Purge,
): Promise<number> {
  // What was never seen as a queue is none, whatever the broker keeps under that name.
  await getQueueOrRefuse(store, name);
  return recordAction(store, { actor, action: "purge", target: name, request: { depth } }, async () => {
    const purged = await broker.purgeQueue(name, depth);
    return { result: `purged ${purged} ${purged === 1 ? "message" : "messages"}`, value: purged };
  });
}
