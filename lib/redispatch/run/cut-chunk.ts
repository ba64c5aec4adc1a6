import type { PreparedRun } from "./item-buffer";
import type { PreparedItem } from "./prepare-items";

/** Characters of bodies that go at once. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** What may go now. */
export interface ChunkLimits {
  /** Tasks. */
  readonly count: number;
  /** Queue → how many more tasks it may get; a queue that is not named takes any number. */
  readonly room: ReadonlyMap<string, number>;
}

/** The items that go now, up to before `end`. */
export interface CutChunk {
  readonly items: readonly PreparedItem[];
  readonly end: number;
  /** The queue without room for the next task, or null when something else ended the chunk. */
  readonly fullQueue: string | null;
}

/** Takes as many items from the run, in order, as the limits allow; at least one task where there is room for it. */
export function cutChunk(run: PreparedRun, { count, room }: ChunkLimits): CutChunk {
  const left = new Map(room);
  let tasks = 0;
  let characters = 0;
  for (const [index, { item, task }] of run.items.entries()) {
    if (task === undefined) continue;
    const cut = (fullQueue: string | null) => ({
      items: run.items.slice(0, index),
      end: item.position,
      fullQueue,
    });
    characters += task.message.body.length;
    if (tasks >= count || (tasks > 0 && characters > MOST_CHARACTERS)) return cut(null);
    const roomLeft = left.get(task.queue) ?? Number.POSITIVE_INFINITY;
    if (roomLeft < 1) return cut(task.queue);
    left.set(task.queue, roomLeft - 1);
    tasks += 1;
  }
  return { items: run.items, end: run.end, fullQueue: null };
}
