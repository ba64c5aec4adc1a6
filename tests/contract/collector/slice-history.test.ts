import { describe, expect, test } from "vitest";
import { sliceHistory } from "@/lib/collector/slice-history";
import { parseSettings } from "@/lib/env";
import { createLogger } from "@/lib/logger";
import { beginTaskSlice } from "@/lib/store/begin-slice";
import { getSizeDrop } from "@/lib/store/size-drops";
import type { Store } from "@/lib/store/store";
import { getUsedBytes } from "@/lib/store/table-sizes";
import { listTaskSlices } from "@/lib/store/task-tables";
import { listTasks, upsertTasks } from "@/lib/store/tasks";
import { makeTask } from "../store/make-task";
import { STORE_DATABASES, withStoreEach } from "../store/open-stores";

/** A midnight UTC, so that no day ends while a test looks at something else. */
const DAY = Date.UTC(2026, 10, 18);
const DAY_MS = 86_400_000;
const GB = 1024 ** 3;

describe.each(STORE_DATABASES)("sliceHistory on %s", (_provider, start) => {
  let store: Store;
  withStoreEach(start, (opened) => {
    store = opened;
  });

  const slice = (now: number, settings: { days?: number; bytes?: number } = {}) =>
    sliceHistory(
      {
        store,
        settings: {
          ...parseSettings({}),
          CELERIAC_RETENTION_DAYS: settings.days ?? 30,
          CELERIAC_RETENTION_GB: (settings.bytes ?? 10 * GB) / GB,
        },
        logger: createLogger("test"),
        signal: new AbortController().signal,
      },
      now,
    );
  const write = (count: number, at: number) =>
    upsertTasks(
      store,
      Array.from({ length: count }, (_, index) => makeTask({ id: `${at}-${index}`, finishedAt: at + index })),
    );
  const listBegins = async () => (await listTaskSlices(store)).map(({ from }) => from);

  /** Four slices of a day with so many tasks; the first one, of all that was before, is empty. */
  async function makeFourDays(counts: readonly number[]): Promise<void> {
    for (const [day, tasks] of counts.entries()) {
      await beginTaskSlice(store, DAY + day * DAY_MS, DAY + day * DAY_MS);
      await write(tasks, DAY + day * DAY_MS);
    }
  }

  /** How many tasks are kept of each of the four days. */
  async function countDays(): Promise<readonly number[]> {
    const { tasks } = await listTasks(store, {}, "finishedAt", 10_000, null);
    return [0, 1, 2, 3].map(
      (day) =>
        tasks.filter(({ finishedAt }) => Math.floor(((finishedAt ?? 0) - DAY) / DAY_MS) === day).length,
    );
  }

  test("begins a slice for each day that has tasks, and none for a day without", async () => {
    await beginTaskSlice(store, DAY, DAY);
    await slice(DAY + DAY_MS - 30_000);
    expect(await listBegins()).toEqual([DAY, Number.NEGATIVE_INFINITY]);
    await write(1, DAY + 5);
    await slice(DAY + DAY_MS - 61_000);
    expect(await listBegins()).toEqual([DAY, Number.NEGATIVE_INFINITY]);
    await slice(DAY + DAY_MS - 30_000);
    await slice(DAY + DAY_MS - 20_000);
    expect(await listBegins()).toEqual([DAY + DAY_MS, DAY, Number.NEGATIVE_INFINITY]);
  });

  test("begins a slice once the store has grown by a tenth of what it may use", async () => {
    await beginTaskSlice(store, DAY, DAY);
    const before = (await getUsedBytes(store)).used;
    await write(2_000, DAY + 5);
    const grown = (await getUsedBytes(store)).used - before;
    expect(grown).toBeGreaterThan(500_000);
    await slice(DAY + 9_000, { bytes: 10 * grown });
    expect(await listBegins()).toHaveLength(2);
    await slice(DAY + 9_000, { bytes: 10 * grown - 10 });
    expect(await listBegins()).toEqual([DAY + 11_000, DAY, Number.NEGATIVE_INFINITY]);
  });

  test("drops the slices whose tasks are all past their age, and no other", async () => {
    await makeFourDays([3, 3, 3, 3]);
    const now = DAY + 4 * DAY_MS - 120_000;
    await slice(now, { days: 3 });
    expect(await countDays()).toEqual([3, 3, 3, 3]);
    await slice(now, { days: 2 });
    expect(await countDays()).toEqual([0, 3, 3, 3]);
    await slice(now, { days: 1 });
    expect(await countDays()).toEqual([0, 0, 3, 3]);
    await slice(now + 365 * DAY_MS, { days: 1 });
    // The last one is closed, and another begun; by its end it is past its age, too.
    expect(await countDays()).toEqual([0, 0, 0, 3]);
    expect(await getSizeDrop(store)).toBeNull();
  });

  test("drops the oldest while the store uses more than it may, and says so", async () => {
    await makeFourDays([1_500, 1_500, 1_500, 50]);
    await upsertTasks(store, [makeTask({ id: "runs", state: "STARTED", finishedAt: null })]);
    const now = DAY + 4 * DAY_MS - 120_000;
    const getUsed = async () => (await getUsedBytes(store)).used;
    await slice(now, { bytes: (await getUsed()) + 50_000 });
    expect(await listBegins()).toHaveLength(5);
    expect(await getSizeDrop(store)).toBeNull();

    // The first one holds nothing, but takes some pages.
    await slice(now, { bytes: (await getUsed()) - 1 });
    expect(await countDays()).toEqual([1_500, 1_500, 1_500, 50]);
    expect(await getSizeDrop(store)).toEqual({ at: now, until: DAY });

    await slice(now + 1, { bytes: (await getUsed()) - 1 });
    expect(await countDays()).toEqual([0, 1_500, 1_500, 50]);
    expect(await getSizeDrop(store)).toEqual({ at: now + 1, until: DAY + DAY_MS });
    expect(await listBegins()).toEqual([DAY + 3 * DAY_MS, DAY + 2 * DAY_MS, Number.NEGATIVE_INFINITY]);
  });

  test("never drops the newest, nor what has not ended", async () => {
    await makeFourDays([5, 5, 5, 300]);
    await upsertTasks(store, [makeTask({ id: "runs", state: "STARTED", finishedAt: null })]);
    const now = DAY + 4 * DAY_MS - 120_000;
    await slice(now, { bytes: 1 });
    await write(1, now + 3_000);
    await slice(now + 1_000, { bytes: 1 });
    expect(await listBegins()).toEqual([Number.NEGATIVE_INFINITY]);
    const { tasks } = await listTasks(store, {}, "-finishedAt", 10, null);
    expect(tasks.map(({ id }) => id)).toEqual(["runs", `${now + 3_000}-0`]);
  });
});
