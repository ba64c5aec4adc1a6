import { describe, expect, test } from "vitest";
import { parseSettings } from "@/lib/env";
import { insertAction } from "@/lib/store/actions";
import { beginTaskSlice } from "@/lib/store/begin-slice";
import { keepRow } from "@/lib/store/kept-rows";
import { noteSizeDrop } from "@/lib/store/size-drops";
import { getStorage } from "@/lib/store/storage";
import type { Store } from "@/lib/store/store";
import { upsertTasks } from "@/lib/store/tasks";
import { viewStorage } from "@/lib/views/storage-view";
import { makeTask } from "./make-task";
import { STORE_DATABASES, withStore } from "./open-stores";

const T = Date.UTC(2026, 10, 18);
const DAY = 86_400;

describe.each(STORE_DATABASES)("getStorage on %s", (provider, start) => {
  let store: Store;
  withStore(start, (opened) => {
    store = opened;
  });

  test("says what is kept, since when and for how long, and how much room it takes", async () => {
    const settings = parseSettings({ CELERIAC_RETENTION_DAYS: "2", CELERIAC_RETENTION_GB: "0.5" });
    const empty = viewStorage(provider, await getStorage(store), settings);
    expect(empty.slices).toMatchObject([{ from: null, until: null, rows: 0 }]);
    expect(empty.kinds.map(({ rows, oldestAt }) => [rows, oldestAt])).toEqual(
      Array.from({ length: 10 }, () => [{ count: 0, exact: true, estimate: null }, null]),
    );
    expect([empty.droppedForSizeAt, empty.droppedForSizeUntil]).toEqual([null, null]);

    await beginTaskSlice(store, T, T);
    await upsertTasks(store, [
      ...Array.from({ length: 400 }, (_, index) =>
        makeTask({ id: `old${index}`, finishedAt: T - 400 + index }),
      ),
      ...Array.from({ length: 1_000 }, (_, index) => makeTask({ id: `new${index}`, finishedAt: T + index })),
      makeTask({ id: "runs", state: "STARTED", finishedAt: null, stateAt: T + 7 }),
    ]);
    await keepRow(store, { taskId: "new0", keptAt: T + 8, row: "{}" });
    const action = { actor: "me", action: "revoke", target: "new0", request: "{}" };
    for (const at of [T + 10, T + 9]) await insertAction(store, action, at);
    await noteSizeDrop(store, { at: T + 20, until: T - 3_600_000 });
    // Else a session of PostgreSQL's tells of its rows once a second at most. There is but this one.
    if (provider === "postgresql")
      await store.client.$queryRaw`SELECT 1 AS one, pg_stat_force_next_flush()::text`;

    const kept = viewStorage(provider, await getStorage(store), settings);
    expect(kept).toMatchObject({
      ...{ provider, limitBytes: 2 ** 29 },
      droppedForSizeAt: "2026-11-18T00:00:00.020Z",
      droppedForSizeUntil: "2026-11-17T23:00:00.000Z",
      slices: [
        { from: "2026-11-18T00:00:00.000Z", until: null, rows: 1_000 },
        { from: null, until: "2026-11-18T00:00:00.000Z", rows: 400 },
      ],
    });
    const exactly = (count: number) => ({ count, exact: true, estimate: null });
    expect(
      kept.kinds.map(({ kind, rows, oldestAt, keptSeconds }) => [kind, rows, oldestAt, keptSeconds]),
    ).toEqual([
      ["ended-tasks", { count: 1_400, exact: false, estimate: 1_400 }, "2026-11-17T23:59:59.600Z", 2 * DAY],
      ["unfinished-tasks", exactly(1), "2026-11-18T00:00:00.007Z", 2 * DAY],
      ["numbers-by-minute", exactly(0), null, 2 * DAY],
      ["numbers-by-hour", exactly(0), null, 90 * DAY],
      ["queue-samples", exactly(0), null, 30 * DAY],
      ["worker-samples", exactly(0), null, 30 * DAY],
      ["activity", exactly(2), "2026-11-18T00:00:00.009Z", 2 * DAY],
      ["kept-rows", exactly(1), "2026-11-18T00:00:00.008Z", 2 * DAY],
      ["captured-args", exactly(0), null, 2 * DAY],
      ["batches", exactly(0), null, null],
    ]);
    expect(kept.usedBytes).toBeGreaterThan(empty.usedBytes);
    const [newest] = kept.slices;
    // A thousand tasks of half a kilobyte, with five indexes.
    expect(newest?.bytes).toBeGreaterThan(300_000);
    expect(newest?.bytes).toBeLessThan(1_500_000);
    if (provider === "sqlite") expect(kept.fileBytes).toBeGreaterThanOrEqual(kept.usedBytes);
    else expect(kept.fileBytes).toBeNull();
    expect(kept.kinds.slice(1).map(({ bytes }) => bytes === null)).toEqual(
      Array.from({ length: 9 }, () => provider === "sqlite"),
    );
  });
});
