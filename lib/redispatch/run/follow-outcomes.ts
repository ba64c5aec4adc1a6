import type { Logger } from "pino";
import type { TaskState } from "@/lib/celery/task-state";
import type { ResultTable } from "@/lib/results/results";
import {
  type EndedItem,
  listFollowedBatches,
  listPendingItems,
  type PendingItem,
  saveOutcomes,
} from "@/lib/store/batch-outcomes";
import type { BatchRecord } from "@/lib/store/batch-record";
import type { Store } from "@/lib/store/store";
import { createBackoff } from "./backoff";
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
export interface FollowServices {
  readonly store: Store;
  readonly results: ResultTable | null;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Where the next look at a batch goes on, and when. */
interface Cursor {
  position: number;
  nextAt: number;
}

/**
 * Follows what was sent until it has ended, by the events and, where they say nothing, by the result table: every second
 * while something moves, less often the longer nothing does, for seven days. Never rejects; ends when `signal` aborts.
 */
export async function followOutcomes(services: FollowServices): Promise<void> {
  const { store, signal, logger } = services;
  const backoff = createBackoff(WAIT_CAP_MS);
  const bumper = createTopicBumper(store);
  let cursors = new Map<string, Cursor>();
  while (!signal.aborted) {
    try {
      const batches = await listFollowedBatches(store, FOLLOW_MS);
      cursors = new Map(
        batches.map(({ id }) => [id, cursors.get(id) ?? { position: -1, nextAt: Number.NEGATIVE_INFINITY }]),
      );
      for (const batch of batches) {
        const cursor = cursors.get(batch.id);
        if (signal.aborted || cursor === undefined || performance.now() < cursor.nextAt) continue;
        if ((await lookAtBatch(services, batch, cursor)) > 0) await bumper.now();
      }
      backoff.reset();
      await pause(LOOK_MS, signal);
    } catch (error) {
      logger.warn({ error: String(error) }, "can't follow outcomes");
      await pause(backoff.next(), signal);
    }
  }
}

/** Looks at the batch's next items of unknown end; returns how many ends are new. */
async function lookAtBatch(services: FollowServices, batch: BatchRecord, cursor: Cursor): Promise<number> {
  let found = 0;
  for (let page = 0; page < PAGES_PER_LOOK; page++) {
    const items = await listPendingItems(services.store, batch.id, cursor.position, PAGE);
    found += await saveOutcomes(services.store, batch.id, await findEnds(services, items));
    cursor.position = items.length < PAGE ? -1 : (items.at(-1)?.position ?? -1);
    if (cursor.position === -1) break;
  }
  const quietMs = Date.now() - (batch.movedAt ?? batch.createdAt);
  const isAllSeen = cursor.position === -1 && found === 0;
  const waitMs = isAllSeen ? Math.min(SLOWEST_LOOK_MS, Math.max(LOOK_MS, quietMs / 10)) : 0;
  cursor.nextAt = performance.now() + waitMs;
  return found;
}

async function findEnds(
  { results }: FollowServices,
  items: readonly PendingItem[],
): Promise<readonly EndedItem[]> {
  const ended = items.flatMap(({ position, state }) => toEnded(position, state));
  const open = items.filter(({ state }) => outcomeOf(state) === null);
  if (results === null || open.length === 0) return ended;
  const positions = new Map(open.map(({ newId, position }) => [newId, position]));
  const { rows } = await results.list({ ids: [...positions.keys()] }, "-finishedAt", PAGE, null);
  return [...ended, ...rows.flatMap((row) => toEnded(positions.get(row.taskId) ?? -1, row.status))];
}

function toEnded(position: number, state: TaskState | null): EndedItem[] {
  const outcome = outcomeOf(state);
  return outcome === null ? [] : [{ position, outcome }];
}

function outcomeOf(state: TaskState | null): EndedItem["outcome"] | null {
  if (state === "SUCCESS") return "succeeded";
  return state === "FAILURE" || state === "REVOKED" ? "failed" : null;
}
