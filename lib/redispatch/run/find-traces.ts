import type { Broker } from "@/lib/broker/broker";
import { listItemPositions, type WaitingItem } from "@/lib/store/batch-items";
import { listTasksById } from "@/lib/store/tasks";
import type { EvidenceSources } from "../task-evidence";
import { pause } from "./pause";

/** Messages that a look at a queue reads; a longer queue is not looked into. */
const LONGEST_QUEUE = 1_000;
const LOOK_EVERY_MS = 500;

/** What looking for tasks takes. */
export interface TraceSources extends EvidenceSources {
  readonly broker: Pick<Broker, "peekQueue" | "countReady">;
  readonly signal: AbortSignal;
}

/** The items in question, all of one batch and in its order. */
export interface TraceSearch {
  readonly batchId: string;
  readonly items: readonly WaitingItem[];
  /** True when a task that arrived proves that those before it did: the broker kept all that it got. */
  readonly isOrdered: boolean;
  /** How often events and results are looked at, a moment apart: they come a little later than the task. */
  readonly looks: number;
}

/** Positions of the items, by what is known now. */
export interface Traces {
  readonly sent: readonly number[];
  /** Surely nowhere. */
  readonly unsent: readonly number[];
  readonly unknown: readonly number[];
}

/** Looks for tasks that may have been sent: among the events, the results and what waits in their queues. */
export async function findTraces(sources: TraceSources, search: TraceSearch): Promise<Traces> {
  let open = search.items;
  const sent: number[] = [];
  const take = (found: ReadonlySet<string>) => {
    const last = open.findLast((item) => found.has(item.newId))?.position ?? -1;
    const isSent = (item: WaitingItem) =>
      found.has(item.newId) || (search.isOrdered && item.position <= last);
    sent.push(...open.filter(isSent).map((item) => item.position));
    open = open.filter((item) => !isSent(item));
  };
  const queues = await lookIntoQueues(sources, search, open);
  take(queues.found);
  for (let look = 1; look <= search.looks && open.length > 0; look += 1) {
    take(await findEvidence(sources, open));
    if (look === search.looks || open.length === 0) break;
    await pause(LOOK_EVERY_MS, sources.signal);
    if (sources.signal.aborted) break;
  }
  const unsent = open.filter((item) => queues.absent.has(item.position));
  const unknown = open.filter((item) => !queues.absent.has(item.position));
  return { sent, unsent: unsent.map(positionOf), unknown: unknown.map(positionOf) };
}

/** New ids of which an event or a result tells. */
export async function findEvidence(
  { store, results }: EvidenceSources,
  items: readonly { readonly newId: string }[],
): Promise<ReadonlySet<string>> {
  const ids = items.map((item) => item.newId);
  const found = new Set<string>();
  for (let from = 0; from < ids.length; from += 1_000) {
    const page = ids.slice(from, from + 1_000);
    const [records, rows] = await Promise.all([
      listTasksById(store, page),
      results?.list({ ids: page }, "-finishedAt", page.length, null, { withArgs: false }),
    ]);
    for (const id of records.keys()) found.add(id);
    for (const row of rows?.rows ?? []) found.add(row.taskId);
  }
  return found;
}

/** What the queues of the items hold, and the positions of those that they surely never got. */
async function lookIntoQueues(
  sources: TraceSources,
  { batchId }: TraceSearch,
  items: readonly WaitingItem[],
) {
  const found = new Set<string>();
  const absent = new Set<number>();
  const queues = [...new Set(items.flatMap((item) => item.queue ?? []))];
  const ready = queues.length === 0 ? new Map() : await sources.broker.countReady(queues);
  for (const queue of queues) {
    if (!((ready.get(queue) ?? 0) <= LONGEST_QUEUE)) continue;
    const look = await sources.broker.peekQueue(queue, LONGEST_QUEUE).catch(() => null);
    const messages = look?.messages ?? null;
    if (look === null || messages === null) continue;
    for (const { id } of messages) if (id !== null) found.add(id);
    if (messages.length < look.depth) continue;
    const witness = await findWitness(sources, batchId, messages);
    for (const item of items) {
      if (item.queue === queue && item.position > witness && !found.has(item.newId))
        absent.add(item.position);
    }
  }
  return { found, absent };
}

/**
 * The position of the first task of the batch that waits in a queue and that no worker ever had: a queue is served in
 * order, so what was sent after it and has arrived must wait there as well. Infinite when there is none.
 */
async function findWitness(
  { store }: EvidenceSources,
  batchId: string,
  messages: readonly { readonly id: string | null; readonly isRedelivered: boolean }[],
): Promise<number> {
  const ids = messages.flatMap(({ id, isRedelivered }) => (id === null || isRedelivered ? [] : [id]));
  const positions = await listItemPositions(store, batchId, ids);
  return Math.min(...positions);
}

function positionOf(item: WaitingItem): number {
  return item.position;
}
