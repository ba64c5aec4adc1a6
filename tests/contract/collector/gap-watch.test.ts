import { describe, expect, test } from "vitest";
import { EventBuffer } from "@/lib/collector/event-buffer";
import { GapWatch } from "@/lib/collector/gap-watch";
import { deleteEventGapsBefore, listEventGaps } from "@/lib/store/event-gaps";
import type { Store } from "@/lib/store/store";
import { STORE_DATABASES, withStoreEach } from "../store/open-stores";

const AT = 1_795_000_000_000;

describe.each(STORE_DATABASES)("gaps in the events: %s", (_provider, start) => {
  let store: Store;
  withStoreEach(start, (opened) => {
    store = opened;
  });

  test("a time in which nobody listened is kept, and mended once when it is over for long enough", async () => {
    const watch = new GapWatch(store, new EventBuffer(), AT);
    watch.noteUnheard(AT, AT + 100, false);
    watch.noteUnheard(AT + 1_000, AT + 31_000, false);
    await watch.save(AT + 32_000);
    expect(await listEventGaps(store, 0, AT * 2)).toEqual([
      { from: AT + 1_000, to: AT + 31_000, cause: "unheard", events: null, isMinimum: false },
    ]);
    expect([40_999, 41_000, 60_000].map((after) => watch.takeMendable(AT + after, 10_000))).toEqual([
      null,
      AT + 31_000,
      null,
    ]);
  });

  test("drops that follow each other are one gap that grows, later ones are another", async () => {
    const buffer = new EventBuffer();
    const watch = new GapWatch(store, buffer, AT);
    buffer.noteLost(3, false);
    await watch.save(AT + 1_000);
    await watch.save(AT + 2_000);
    buffer.noteLost(4, true);
    await watch.save(AT + 3_000);
    await watch.save(AT + 30_000);
    buffer.noteLost(5, false);
    await watch.save(AT + 31_000);
    expect(await listEventGaps(store, 0, AT * 2)).toEqual([
      { from: AT, to: AT + 3_000, cause: "dropped", events: 7, isMinimum: true },
      { from: AT + 30_000, to: AT + 31_000, cause: "dropped", events: 5, isMinimum: false },
    ]);
  });

  test("a short time counts where events came until just before, and the other way round doesn't", async () => {
    const watch = new GapWatch(store, new EventBuffer(), AT);
    watch.noteUnheard(AT, AT + 60, true);
    watch.noteUnheard(AT + 1_000, AT + 1_060, false);
    await watch.save(AT + 2_000);
    expect((await listEventGaps(store, 0, AT * 2)).map(({ from, to }) => [from - AT, to - AT])).toEqual([
      [0, 60],
    ]);
  });

  test("starts that several workers miss at one time are one gap", async () => {
    const watch = new GapWatch(store, new EventBuffer(), AT);
    watch.noteMissed({ from: AT, to: AT + 2_000, count: 300 });
    await watch.save(AT + 3_000);
    watch.noteMissed({ from: AT + 500, to: AT + 2_500, count: 40 });
    watch.noteMissed({ from: AT + 60_000, to: AT + 62_000, count: 50 });
    await watch.save(AT + 63_000);
    expect(await listEventGaps(store, 0, AT * 2)).toEqual([
      { from: AT, to: AT + 2_500, cause: "missed", events: 340, isMinimum: true },
      { from: AT + 60_000, to: AT + 62_000, cause: "missed", events: 50, isMinimum: true },
    ]);
    expect(watch.takeMendable(AT + 80_000, 10_000)).toBe(AT + 62_000);
  });

  test("lists those that reach into a time, and deletes those before one", async () => {
    const watch = new GapWatch(store, new EventBuffer(), AT);
    for (const start of [0, 1_000, 2_000]) watch.noteUnheard(AT + start, AT + start + 500, false);
    await watch.save(AT + 3_000);
    const starts = async () =>
      (await listEventGaps(store, AT + 400, AT + 2_000)).map(({ from }) => from - AT);
    expect(await starts()).toEqual([0, 1_000]);
    expect(await deleteEventGapsBefore(store, AT + 501)).toBe(1);
    expect(await starts()).toEqual([1_000]);
  });
});
