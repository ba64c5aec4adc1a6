import { setTimeout as delay } from "node:timers/promises";
import type { EventReader } from "./event-reader";

/** Nothing more comes when nothing came for so long. */
const STALLED_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** Waits until the reader's count is `expected` more than it was `before`, or grows no more; says how much it grew, and when last. */
export async function waitUntilTaken(
  reader: EventReader,
  { before, expected }: { readonly before: number; readonly expected: number },
): Promise<{ readonly taken: number; readonly at: number }> {
  let taken = 0;
  let at = performance.now();
  while (taken < expected && performance.now() - at < STALLED_MS) {
    const now = ((await reader.count()) ?? before + taken) - before;
    if (now > taken) at = performance.now();
    taken = Math.max(taken, now);
    if (taken < expected) await delay(LOOK_EVERY_MS);
  }
  return { taken, at };
}
