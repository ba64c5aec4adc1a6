import { describe, expect, test } from "vitest";
import type { Store } from "@/lib/store/store";
import { listTaskTypeQueues, listTaskTypes, noteTaskTypes } from "@/lib/store/task-types";
import { STORE_DATABASES, withStore } from "./open-stores";

const T = 1_795_000_000_000;

describe.each(STORE_DATABASES)("task types on %s", (_provider, start) => {
  let store: Store;
  withStore(start, (opened) => {
    store = opened;
  });

  test("remember where a name was last seen to go, whatever the order of the news", async () => {
    await noteTaskTypes(store, [
      { name: "pay", queue: "new", at: T + 5 },
      { name: "pay", queue: "old", at: T },
      { name: "pay", queue: null, at: T + 9 },
      { name: "mail", queue: null, at: T },
    ]);
    expect(await listTaskTypeQueues(store, ["pay", "mail", "none"])).toEqual(new Map([["pay", "new"]]));
    await noteTaskTypes(store, [{ name: "pay", queue: "older", at: T + 1 }]);
    expect(await listTaskTypeQueues(store, ["pay"])).toEqual(new Map([["pay", "new"]]));
    await noteTaskTypes(store, [{ name: "pay", queue: "newest", at: T + 10 }]);
    expect(await listTaskTypeQueues(store, ["pay"])).toEqual(new Map([["pay", "newest"]]));
  });

  test("are listed by name", async () => {
    expect(await listTaskTypes(store)).toEqual([
      { name: "mail", lastSeenAt: T, lastQueue: null },
      { name: "pay", lastSeenAt: T + 10, lastQueue: "newest" },
    ]);
  });
});
