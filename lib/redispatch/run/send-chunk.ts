import type { OutgoingTask } from "@/lib/broker/broker";
import {
  type BatchHold,
  beginChunk,
  type DroppedItem,
  settleChunk,
  type UnsentItem,
} from "@/lib/store/batch-chunks";
import type { BatchItemRecord, BatchRecord } from "@/lib/store/batch-record";
import type { ClusterKnowledge } from "../cluster-knowledge";
import { readPatches } from "../read-patches";
import { readEvidence, type TaskEvidence } from "../task-evidence";
import { buildTask } from "./build-task";
import { decideItem, type ItemChoices } from "./decide-item";
import type { DispatchServices } from "./dispatch-services";

/** A chunk whose turn has come. */
export interface Chunk {
  readonly batch: BatchRecord;
  readonly hold: BatchHold;
  /** The items not yet settled from the batch's position to before `end`, at most 1,000. */
  readonly items: readonly BatchItemRecord[];
  readonly end: number;
  /** What the broker's mark of this batch is. */
  readonly mark: number | null;
  readonly cluster: ClusterKnowledge;
  /** Called when the broker has answered: from then on tasks may be in it. */
  readonly onPublished: () => void;
}

/** How sending a chunk went: `sent` tasks are in the broker, or the batch isn't ours to send any more. */
export type ChunkResult = { readonly held: true; readonly sent: number } | { readonly held: false };

/**
 * Sends a chunk exactly once: claims and settles what isn't sent (one transaction), sends the rest with the mark (one
 * transaction of the broker), counts it. A crash between any two of these is mended by reading the mark. Rejects with
 * the broker's or a database's AppError; then whether it was sent must be asked of the broker.
 */
export async function sendChunk(services: DispatchServices, chunk: Chunk): Promise<ChunkResult> {
  const { hold, items, end } = chunk;
  const tasks = new Map<number, OutgoingTask>();
  const drop: DroppedItem[] = [];
  const ids = items.map((item) => item.originalId);
  const evidence = ids.length === 0 ? [] : await readEvidence(services, ids);
  const patches = readPatches(chunk.batch.options.patches ?? []);
  for (const [index, item] of items.entries()) {
    const task = prepareItem(item, evidence[index], { ...chunk, patches });
    if ("reason" in task) drop.push({ position: item.position, ...task });
    else tasks.set(item.position, task);
  }
  const send = items.filter((item) => tasks.has(item.position));
  const leaseEndsAt = performance.now() + hold.leaseMs / 2;
  const claimed = await beginChunk(services.store, hold, { end, send, drop });
  // The half of the lease that is left is more than the broker may take to answer.
  if (claimed === null || performance.now() > leaseEndsAt) return { held: false };
  const outgoing = [...tasks].filter(([position]) => claimed.has(position));
  const unsent = outgoing.length === 0 ? [] : await publish(services, outgoing, chunk);
  const isHeld = await settleChunk(services.store, hold, unsent);
  return isHeld ? { held: true, sent: outgoing.length } : { held: false };
}

/** Returns the items whose tasks did not arrive. */
async function publish(
  { broker }: DispatchServices,
  outgoing: readonly (readonly [position: number, task: OutgoingTask])[],
  { hold, end, mark, onPublished }: Chunk,
): Promise<UnsentItem[]> {
  const tasks = outgoing.map(([, task]) => task);
  const failures = await broker.publishTasks(tasks, { batchId: hold.batchId, position: end, previous: mark });
  onPublished();
  return failures.flatMap(({ index, ...failure }) => {
    const position = outgoing[index]?.[0];
    return position === undefined ? [] : [{ position, ...failure }];
  });
}

function prepareItem(
  item: BatchItemRecord,
  evidence: TaskEvidence | undefined,
  { batch, cluster, patches }: Chunk & Pick<ItemChoices, "patches">,
): OutgoingTask | Pick<DroppedItem, "status" | "reason"> {
  if (evidence === undefined) return { status: "skipped", reason: "gone" };
  const { confirmTyped, includeLost = false, countdownSeconds } = batch.options;
  const decision = decideItem(item, evidence, { confirmTyped, includeLost, cluster, patches });
  if (!decision.send) return { status: "skipped", reason: decision.reason };
  try {
    return buildTask({
      newId: item.newId,
      originalId: item.originalId,
      name: decision.name,
      queue: item.queue ?? "",
      ...decision.call,
      actor: batch.actor,
      etaMs: countdownSeconds === null ? null : Date.now() + countdownSeconds * 1000,
    });
  } catch (error) {
    // The one constructor of messages refuses what would kill a worker, or be lost on the way.
    if (!(error instanceof TypeError)) throw error;
    return { status: "failed", reason: error.message };
  }
}
