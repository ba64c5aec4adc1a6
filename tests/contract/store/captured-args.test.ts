import { describe, expect, test } from "vitest";
import {
  deleteCapturedArgsBefore,
  listCapturedArgs,
  measureCapturedArgs,
  saveCapturedArgs,
  shrinkCapturedArgs,
} from "@/lib/store/captured-args";
import type { Store } from "@/lib/store/store";
import { STORE_DATABASES, withStore } from "./open-stores";

const CALL = { name: "shop.send", args: '["\\u0000 \\ud800 é", 1e100]', kwargs: "{}" };

describe.each(STORE_DATABASES)("captured args on %s", (_provider, open) => {
  let store: Store;
  withStore(open, (opened) => {
    store = opened;
  });

  test("are kept as they are, the newest of a task", async () => {
    await saveCapturedArgs(store, [], 1);
    await saveCapturedArgs(store, [{ taskId: "a", ...CALL, args: "[1]" }], 1_000);
    await saveCapturedArgs(
      store,
      [
        { taskId: "a", ...CALL },
        { taskId: "b", ...CALL, name: null },
      ],
      2_000,
    );
    expect(await listCapturedArgs(store, ["a", "b", "c"])).toEqual(
      new Map([
        ["a", { taskId: "a", ...CALL }],
        ["b", { taskId: "b", ...CALL, name: null }],
      ]),
    );
    expect(await measureCapturedArgs(store)).toBe(2 * (CALL.args.length + 2));
  });

  test("the oldest give way to a bound on them all, and to time", async () => {
    const text = `["${"x".repeat(996)}"]`;
    const calls = Array.from({ length: 1_200 }, (_, index) => ({ taskId: `t${index}`, ...CALL, args: text }));
    for (let from = 0; from < calls.length; from += 100) {
      await saveCapturedArgs(store, calls.slice(from, from + 100), 10_000 + from);
    }
    expect(await shrinkCapturedArgs(store, 800_000)).toBeLessThanOrEqual(800_000);
    const left = await listCapturedArgs(store, ["a", "t0", "t400", "t1199"]);
    expect([...left.keys()]).toEqual(["t1199"]);
    expect(await deleteCapturedArgsBefore(store, 1_000_000, 50)).toBe(50);
    while ((await deleteCapturedArgsBefore(store, 1_000_000, 500)) === 500);
    expect(await measureCapturedArgs(store)).toBe(0);
  });
});
