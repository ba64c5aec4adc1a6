import { describe, expect, test } from "vitest";
import { readEvent } from "@/lib/celery/events/read-event";
import type { ReceivedEvent } from "@/lib/collector/fold-events";
import { KwargWatch } from "@/lib/collector/numbers/kwarg-watch";
import { deleteKwargNamesBefore, listKwargNames, MAX_KWARGS, saveKwargNames } from "@/lib/store/kwarg-names";
import { getListening, noteListening } from "@/lib/store/listening";
import type { Store } from "@/lib/store/store";
import { noteTaskTypes } from "@/lib/store/task-types";
import { STORE_DATABASES, withStore } from "./open-stores";

const T = Date.UTC(2026, 10, 27, 12);
const MINUTE = 60_000;

describe.each(STORE_DATABASES)("keywords and listening on %s", (_provider, start) => {
  let store: Store;
  withStore(start, (opened) => {
    store = opened;
  });

  test("a keyword is known since the first call that had it, over restarts", async () => {
    const first = new KwargWatch();
    first.note([call("pay", "{}", 0), call("pay", "{'total': 5, 'to': {'inner': 1}}", 1_000)]);
    await first.save(store);
    const second = new KwargWatch();
    second.note([call("pay", "{'total': 7, 'currency': 'EUR'}", 60_000)]);
    await second.save(store);
    expect((await listKwargNames(store, ["pay", "none"])).get("pay")).toEqual({
      since: T,
      firstSeen: new Map([
        ["currency", T + 60_000],
        ["to", T + 1_000],
        ["total", T + 1_000],
      ]),
    });
  });

  test("what can't be read teaches nothing, and of many calls two a second are looked at", async () => {
    const watch = new KwargWatch();
    watch.note([call("cut", "{'total': 5, ...}", 0), call("cut", "[1]", 0), call("cut", "{'late': 1}", 10)]);
    await watch.save(store);
    expect((await listKwargNames(store, ["cut"])).get("cut")).toBeUndefined();
    watch.note([call("cut", "{'late': 1}", 1_000)]);
    await watch.save(store);
    expect((await listKwargNames(store, ["cut"])).get("cut")?.since).toBe(T + 1_000);
  });

  test("a type has a bounded number of them, and is forgotten with its last call", async () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ task: "any", kwarg: `k${index}`, at: T }));
    for (let from = 0; from < 200; from += 20) await saveKwargNames(store, many.slice(from, from + 20));
    const kept = (await listKwargNames(store, ["any"])).get("any")?.firstSeen.size ?? 0;
    expect(kept).toBeGreaterThanOrEqual(MAX_KWARGS);
    expect(kept).toBeLessThanOrEqual(MAX_KWARGS + 20);
    await noteTaskTypes(store, [{ name: "pay", queue: null, at: T + 1 }]);
    await deleteKwargNamesBefore(store, T);
    expect((await listKwargNames(store, ["any", "pay"])).size).toBe(2);
    await deleteKwargNamesBefore(store, T + 1);
    expect([...(await listKwargNames(store, ["any", "pay"])).keys()]).toEqual(["pay"]);
  });

  test("listening begins anew after a pause of more than ten minutes", async () => {
    expect(await getListening(store)).toBeNull();
    for (const minute of [0, 5, 15]) await noteListening(store, T + minute * MINUTE);
    expect(await getListening(store)).toEqual({ since: T, until: T + 15 * MINUTE });
    await noteListening(store, T + 25 * MINUTE + 1);
    expect(await getListening(store)).toEqual({ since: T + 25 * MINUTE + 1, until: T + 25 * MINUTE + 1 });
  });
});

function call(name: string, kwargs: string, after: number): ReceivedEvent {
  const at = T + after;
  const event = readEvent({
    ...{ type: "task-received", uuid: "t", hostname: "w1", timestamp: at / 1000, pid: 1, clock: 1 },
    ...{ name, kwargs, args: "()", retries: 0 },
  });
  // It has all that an event needs.
  return { event, receivedAt: at } as ReceivedEvent;
}
