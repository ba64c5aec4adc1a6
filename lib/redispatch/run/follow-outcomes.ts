import type { Logger } from "pino";
import type { Broker } from "@/lib/broker/broker";
import { confirmDoubts, listDoubtfulItems } from "@/lib/store/batch-doubts";
import { listFollowedBatches, listPendingItems, saveOutcomes } from "@/lib/store/batch-outcomes";
import type { BatchRecord } from "@/lib/store/batch-record";
import { createBackoff } from "./backoff";
import { type EndSources, findEnds } from "./find-ends";
import { findEvidence } from "./find-traces";
import { noteLostTasks } from "./note-lost-tasks";
import { pause } from "./pause";
import { createTopicBumper } from "./topic-bumper";

/** After this long without an end a task's outcome stays unknown ("pending"): nobody asks for it any more. */
const FOLLOW_MS = 7 * 24 * 3_600_000;
const LOOK_MS = 1_000;
const PAGE = 1_000;
/** Items looked at a batch and a look, so that one of a million doesn't hold up the others. */
const PAGES_PER_LOOK = 5;
const SLOWEST_LOOK_MS = 60_000;
const WAIT_CAP_MS = 10_000;

/** What following outcomes needs. */
export interface FollowServices extends EndSources {
  readonly broker: Pick<Broker, "kind" | "getDispatchProgress" | "publishTasks" | "onStatusChange">;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Where the next look at a batch goes on, and when. */
interface Cursor {
  position: number;
  nextAt: number;
  /** Whether the broker was back after a break at the last look for lost tasks. */
  checkedBreak: number;
}

/**
 * Follows what was sent until it has ended, by the events and, where they say nothing, by the result table: every second
 * while something moves, less often the longer nothing does, for seven days. What may have been sent is followed, too,
 * and what a broker that comes back has lost is told. Never rejects; ends when `signal` aborts.
 */
export async function followOutcomes(services: FollowServices): Promise<void> {
  const { store, broker, signal, logger } = services;
  const backoff = createBackoff(WAIT_CAP_MS);
  const bumper = createTopicBumper(store);
  let breaks = 0;
  const stop = broker.onStatusChange(({ connected }) => {
    if (connected) breaks += 1;
  });
  let cursors = new Map<string, Cursor>();
  while (!signal.aborted) {
    try {
      const batches = await listFollowedBatches(store, FOLLOW_MS);
      cursors = new Map(batches.map(({ id }) => [id, cursors.get(id) ?? createCursor()]));
      for (const batch of batches) {
        const cursor = cursors.get(batch.id);
        if (signal.aborted || cursor === undefined) continue;
        if (cursor.checkedBreak < breaks) {
          // The run of a batch that is under way looks for itself.
          const isAtRest = batch.state !== "running" && batch.chunkEnd === null;
          if (isAtRest && broker.kind === "redis") await noteLostTasks(services, batch);
          cursor.checkedBreak = breaks;
          cursor.nextAt = Number.NEGATIVE_INFINITY;
        }
        if (performance.now() < cursor.nextAt) continue;
        if ((await lookAtBatch(services, batch, cursor)) > 0) await bumper.now();
      }
      backoff.reset();
      await pause(LOOK_MS, signal);
    } catch (error) {
      logger.warn({ error: String(error) }, "can't follow outcomes");
      await pause(backoff.next(), signal);
    }
  }
  stop();
}

function createCursor(): Cursor {
  return { position: -1, nextAt: Number.NEGATIVE_INFINITY, checkedBreak: 0 };
}

/** Looks at the batch's next items of unknown end; returns how many ends are new. */
async function lookAtBatch(services: FollowServices, batch: BatchRecord, cursor: Cursor): Promise<number> {
  let found = cursor.position === -1 ? await resolveDoubts(services, batch) : 0;
  for (let page = 0; page < PAGES_PER_LOOK; page++) {
    const { items, next } = await listPendingItems(services.store, batch, cursor.position, PAGE);
    found += await saveOutcomes(services.store, batch.id, await findEnds(services, items));
    cursor.position = next ?? -1;
    if (cursor.position === -1) break;
  }
  const quietMs = Date.now() - (batch.movedAt ?? batch.createdAt);
  const isAllSeen = cursor.position === -1 && found === 0;
  const waitMs = isAllSeen ? Math.min(SLOWEST_LOOK_MS, Math.max(LOOK_MS, quietMs / 10)) : 0;
  cursor.nextAt = performance.now() + waitMs;
  return found;
}

/** A doubtful task that shows up was sent. Returns how many did. */
async function resolveDoubts(services: FollowServices, batch: BatchRecord): Promise<number> {
  if (batch.doubtful === 0) return 0;
  const { store } = services;
  let found = 0;
  for (let after = -1, isLast = false; !isLast; ) {
    const items = await listDoubtfulItems(store, batch.id, after, PAGE);
    const known = await findEvidence(services, items);
    const sent = items.filter(({ newId }) => known.has(newId)).map(({ position }) => position);
    found += await confirmDoubts(store, batch.id, sent);
    after = items.at(-1)?.position ?? after;
    isLast = items.length < PAGE;
  }
  return found;
}
