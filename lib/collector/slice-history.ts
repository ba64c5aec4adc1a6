import { beginTaskSlice } from "@/lib/store/begin-slice";
import { dropOldestSlice } from "@/lib/store/drop-slice";
import { hasTasks } from "@/lib/store/has-tasks";
import { noteSizeDrop } from "@/lib/store/size-drops";
import type { Store } from "@/lib/store/store";
import { getUsedBytes } from "@/lib/store/table-sizes";
import { listTaskSlices } from "@/lib/store/task-tables";
import type { CollectorServices } from "./collector-services";
import { chooseCut, isDroppedForSize } from "./slice-rules";

const DAY_MS = 86_400_000;
const GB = 1024 ** 3;

/**
 * Begins a slice of the history where it is time for one, and drops the oldest ones: those that are past their age, and, while
 * the store uses more than it may, those that are not.
 */
export async function sliceHistory(
  { store, settings, logger, signal }: Pick<CollectorServices, "store" | "settings" | "logger" | "signal">,
  now: number,
): Promise<void> {
  const limitBytes = settings.CELERIAC_RETENTION_GB * GB;
  const keepFrom = now - settings.CELERIAC_RETENTION_DAYS * DAY_MS;
  await beginSliceWhenDue(store, limitBytes, now);
  while (!signal.aborted) {
    const slices = await listTaskSlices(store);
    const oldest = slices.at(-1);
    if (slices.length < 2 || oldest === undefined) return;
    const isOld = oldest.until <= keepFrom;
    const { used } = await getUsedBytes(store);
    if (!isOld && !isDroppedForSize(slices, used, limitBytes)) return;
    if (!(await dropOldestSlice(store, oldest))) return;
    if (!isOld) await noteSizeDrop(store, { at: now, until: oldest.until });
    const { from, until } = oldest;
    logger.info({ from, until, reason: isOld ? "age" : "size" }, "dropped a slice of the history");
  }
}

async function beginSliceWhenDue(store: Store, limitBytes: number, now: number): Promise<void> {
  const [newest] = await listTaskSlices(store);
  if (newest === undefined) return;
  const { used } = await getUsedBytes(store);
  const cut = chooseCut({ newest, grownBytes: used - newest.beganBytes, limitBytes, now });
  if (cut !== null && (await hasTasks(store, newest))) await beginTaskSlice(store, cut, now);
}
