import type { DispatchProgress } from "@/lib/broker/broker";
import { settleChunk, settleItems } from "@/lib/store/batch-chunks";
import type { BatchHold } from "@/lib/store/batch-hold";
import { listWaitingItems, type WaitingItem } from "@/lib/store/batch-items";
import type { BatchRecord } from "@/lib/store/batch-record";
import type { UnsentItem } from "@/lib/store/batch-unsent";
import type { DispatchServices } from "./dispatch-services";
import { findEvidence, findTraces } from "./find-traces";
import type { ChunkFates } from "./send-chunk";

const LOOKS = 2;
const MAY_HAVE_BEEN_SENT =
  "may have been sent: the connection to RabbitMQ ended before it was confirmed, and neither an event, a result nor " +
  "the queue tells";

/** A chunk that was begun and not settled. */
export interface OpenChunk {
  readonly batch: BatchRecord;
  readonly hold: BatchHold;
  readonly end: number;
  /** What this process knows of the chunk; null when another one began it. */
  readonly fates: ChunkFates | null;
}

/**
 * Finds out what of an open chunk was sent, and settles that; returns the items that surely were not. What can't be
 * known becomes doubtful, for a person to decide. Null when the chunk is settled, or the batch was lost.
 */
export async function mendChunk(
  services: DispatchServices,
  chunk: OpenChunk,
): Promise<readonly WaitingItem[] | null> {
  const { store, broker } = services;
  const { batch, hold, end, fates } = chunk;
  if (fates !== null && !(await settleItems(store, hold, fates))) return null;
  const waiting = await listWaitingItems(store, batch.id, { from: batch.position, end });
  const isPast = fates !== null && fates.unknown.length === 0 && broker.kind === "amqp";
  if (isPast) return waiting.length > 0 ? waiting : settle(services, hold);
  const progress = await broker.getDispatchProgress(batch.id);
  if (progress !== null && progress.position >= end) return settle(services, hold);
  if (broker.kind === "redis") {
    // A chunk goes as a whole, with its mark. A Redis that came back without its last moments has lost both, though a worker
    // may have had some: what is missing of a chunk that counts as sent is looked for by noteLostTasks.
    const wasSent = waiting.length === 0 || (await findEvidence(services, waiting)).size > 0;
    return wasSent ? settle(services, hold) : waiting;
  }
  const parts = splitByProgress(waiting, progress, fates);
  const missing = await findMissingQueues(services, parts.sent);
  const search = { batchId: batch.id, items: parts.doubtful, isOrdered: progress !== null, looks: LOOKS };
  const traces = await findTraces(services, search);
  const settled = {
    sent: [...traces.sent, ...positionsOf(parts.sent.filter(({ queue }) => !missing.has(queue ?? "")))],
    unsent: [
      ...traces.unknown.map((position): UnsentItem => {
        return { position, status: "doubtful", reason: MAY_HAVE_BEEN_SENT };
      }),
      ...parts.sent.filter(({ queue }) => missing.has(queue ?? "")).map(nameMissingQueue),
    ],
  };
  if (!(await settleItems(store, hold, settled))) return null;
  const settledPositions = new Set([...settled.sent, ...settled.unsent.map(({ position }) => position)]);
  const left = waiting.filter(({ position }) => !settledPositions.has(position));
  return left.length > 0 ? left : settle(services, hold);
}

async function settle({ store }: DispatchServices, hold: BatchHold): Promise<null> {
  await settleChunk(store, hold);
  return null;
}

/**
 * By RabbitMQ's mark: what is before it was sent, what follows may have been, and the rest was not. Of a chunk of our
 * own only what we wrote can have been sent.
 */
function splitByProgress(
  waiting: readonly WaitingItem[],
  progress: DispatchProgress | null,
  fates: ChunkFates | null,
): { readonly sent: readonly WaitingItem[]; readonly doubtful: readonly WaitingItem[] } {
  const written = fates && new Set(fates.unknown);
  const candidates = waiting.filter(({ position }) => written === null || written.has(position));
  if (progress === null) return { sent: [], doubtful: candidates };
  const isBefore = ({ position }: WaitingItem) => position < progress.position;
  return {
    sent: candidates.filter(isBefore),
    doubtful: candidates.filter((item) => !isBefore(item)).slice(0, progress.doubtful),
  };
}

/** A task for a queue that isn't there has passed the mark and arrived nowhere. */
async function findMissingQueues(
  { broker }: DispatchServices,
  items: readonly WaitingItem[],
): Promise<ReadonlySet<string>> {
  const queues = [...new Set(items.flatMap(({ queue }) => queue ?? []))];
  if (queues.length === 0) return new Set();
  const ready = await broker.countReady(queues);
  return new Set(queues.filter((queue) => ready.get(queue) === null));
}

function nameMissingQueue({ position, queue }: WaitingItem): UnsentItem {
  return { position, status: "failed", reason: `RabbitMQ has no queue "${queue}"` };
}

function positionsOf(items: readonly WaitingItem[]): number[] {
  return items.map(({ position }) => position);
}
