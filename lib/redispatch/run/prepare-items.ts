import type { OutgoingTask } from "@/lib/broker/broker";
import type { WaitingItem } from "@/lib/store/batch-items";
import type { BatchRecord } from "@/lib/store/batch-record";
import type { UnsentItem } from "@/lib/store/batch-unsent";
import { addExactArgs } from "../add-exact-args";
import type { ClusterKnowledge } from "../cluster-knowledge";
import { type EvidenceSources, readEvidence, type TaskEvidence } from "../task-evidence";
import { buildTask } from "./build-task";
import { decideItem, type ItemChoices } from "./decide-item";
import type { EtaSchedule } from "./eta-schedule";

/** What `readEvidence` takes at once. */
const PAGE = 1_000;

/** An item whose turn comes soon: the task to send, or why none is sent. */
export type PreparedItem =
  | { readonly item: WaitingItem; readonly task: OutgoingTask; readonly drop?: undefined }
  | { readonly item: WaitingItem; readonly task?: undefined; readonly drop: UnsentItem };

/** What is the same for all items of a run. */
export interface Preparation {
  readonly batch: Pick<BatchRecord, "actor" | "options">;
  readonly cluster: ClusterKnowledge;
  readonly schedule: EtaSchedule;
  readonly patches: ItemChoices["patches"];
}

/** Reads the tasks of the items once more and makes their messages. Nothing is written. */
export async function prepareItems(
  sources: EvidenceSources,
  items: readonly WaitingItem[],
  preparation: Preparation,
): Promise<readonly PreparedItem[]> {
  const prepared: PreparedItem[] = [];
  for (let from = 0; from < items.length; from += PAGE) {
    const page = items.slice(from, from + PAGE);
    const ids = page.map((item) => item.originalId);
    const evidence = await addExactArgs(sources, await readEvidence(sources, ids));
    for (const [index, item] of page.entries())
      prepared.push(prepareItem(item, evidence[index], preparation));
  }
  return prepared;
}

function prepareItem(
  item: WaitingItem,
  evidence: TaskEvidence | undefined,
  { batch, cluster, schedule, patches }: Preparation,
): PreparedItem {
  if (evidence === undefined) return drop(item, "skipped", "gone");
  const { confirmTyped, includeLost = false, priority } = batch.options;
  const decision = decideItem(item, evidence, { confirmTyped, includeLost, cluster, patches });
  if (!decision.send) return drop(item, "skipped", decision.reason);
  try {
    const task = buildTask({
      newId: item.newId,
      originalId: item.originalId,
      name: decision.name,
      queue: item.queue ?? "",
      ...decision.call,
      actor: batch.actor,
      priority: priority ?? null,
      etaMs: schedule.etaOf(item.position, Date.now()),
    });
    return { item, task };
  } catch (error) {
    // The one constructor of messages refuses what would kill a worker, or be lost on the way.
    if (!(error instanceof TypeError)) throw error;
    return drop(item, "failed", error.message);
  }
}

function drop(item: WaitingItem, status: UnsentItem["status"], reason: string): PreparedItem {
  return { item, drop: { position: item.position, status, reason } };
}
