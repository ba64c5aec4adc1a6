import type { PublishFailure } from "@/lib/broker/broker";
import { beginChunk, settleChunk, settleItems } from "@/lib/store/batch-chunks";
import { endDoubtsSentAgain } from "@/lib/store/batch-doubts";
import type { BatchHold } from "@/lib/store/batch-hold";
import type { UnsentItem } from "@/lib/store/batch-unsent";
import type { DispatchServices } from "./dispatch-services";
import type { PreparedItem } from "./prepare-items";

/** A chunk whose turn has come. */
export interface Chunk {
  readonly hold: BatchHold;
  /** All that wait from the batch's position to before `end`. */
  readonly items: readonly PreparedItem[];
  readonly position: number;
  readonly end: number;
  /** What the broker's mark of this batch is. */
  readonly mark: number | null;
  /** Called when the broker has answered, before that is stored. */
  readonly onPublished: (fates: ChunkFates) => void;
}

/** What this process knows of the tasks of a chunk, by position. All others never left it. */
export interface ChunkFates {
  readonly sent: readonly number[];
  readonly unsent: readonly UnsentItem[];
  /** Sent, and not confirmed. */
  readonly unknown: readonly number[];
}

/**
 * How sending a chunk went. `held: false`: the batch isn't ours to send any more. `isOpen`: of some tasks it isn't
 * known whether they arrived, or they did not leave; the others are settled.
 */
export type ChunkResult =
  | { readonly held: true; readonly sent: number; readonly isOpen: boolean }
  | { readonly held: false };

type Sendable = Extract<PreparedItem, { readonly drop?: undefined }>;

/**
 * Sends a chunk exactly once: claims and settles what isn't sent (one transaction), sends the rest with the mark (one
 * transaction of the broker), counts it. A crash between any two of these is mended by reading the mark. Rejects with
 * the broker's or a database's AppError; then whether it was sent must be asked of the broker.
 */
export async function sendChunk(services: DispatchServices, chunk: Chunk): Promise<ChunkResult> {
  const { store } = services;
  const { hold, end } = chunk;
  const sendable = chunk.items.filter((one): one is Sendable => one.task !== undefined);
  const drop = chunk.items.flatMap((one) => one.drop ?? []);
  const leaseEndsAt = performance.now() + hold.leaseMs / 2;
  const lost = await beginChunk(store, hold, { end, count: sendable.length, drop });
  // The half of the lease that is left is more than the broker may take to answer.
  if (lost === null || performance.now() > leaseEndsAt) return { held: false };
  const outgoing = lost.size === 0 ? sendable : sendable.filter(({ item }) => !lost.has(item.position));
  const fates = sortOut(outgoing, outgoing.length === 0 ? [] : await publish(services, outgoing, chunk));
  chunk.onPublished(fates);
  const { sent, unsent } = fates;
  const isOpen = sent.length + unsent.length < outgoing.length;
  const isHeld = isOpen ? await settleItems(store, hold, fates) : await settleChunk(store, hold, unsent);
  if (!isHeld) return { held: false };
  if (outgoing.some(({ item }) => item.after !== "")) {
    await endDoubtsSentAgain(store, hold.batchId, { from: chunk.position, end });
  }
  return { held: true, sent: sent.length, isOpen };
}

function publish(
  { broker }: DispatchServices,
  outgoing: readonly Sendable[],
  { hold, end, mark }: Chunk,
): Promise<readonly PublishFailure[]> {
  const tasks = outgoing.map(({ task }) => task);
  const positions = outgoing.map(({ item }) => item.position);
  return broker.publishTasks(tasks, { batchId: hold.batchId, position: end, previous: mark, positions });
}

function sortOut(outgoing: readonly Sendable[], failures: readonly PublishFailure[]): ChunkFates {
  const failed = new Map(failures.map((failure) => [failure.index, failure]));
  const sent: number[] = [];
  const unsent: UnsentItem[] = [];
  const unknown: number[] = [];
  for (const [index, { item }] of outgoing.entries()) {
    const failure = failed.get(index);
    if (failure === undefined) sent.push(item.position);
    else if (failure.fate === "unknown") unknown.push(item.position);
    else if (failure.fate === "refused") {
      unsent.push({ position: item.position, status: "failed", reason: failure.reason });
    }
  }
  return { sent, unsent, unknown };
}
