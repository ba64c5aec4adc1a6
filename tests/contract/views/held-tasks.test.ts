import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HeldTasks } from "@/lib/api/schemas/worker-parts";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import type { WireValue } from "@/lib/celery/wire-value";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { upsertTasks } from "@/lib/store/tasks";
import { listHeldFromEvents } from "@/lib/views/held-from-events";
import { viewHeldTasks } from "@/lib/views/held-tasks-view";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { makeTask } from "../store/make-task";

const RECEIVED_AT = Date.UTC(2026, 10, 26, 12, 0, 0, 250);
const INFO = {
  ...{ type: "a.b", name: "a.b", args: [1], kwargs: { k: "v" }, hostname: "w@h", acknowledged: false },
  ...{ delivery_info: { exchange: "", routing_key: "q", priority: 3, redelivered: true } },
};
const unfinished = {
  ...{ worker: "w@h", startedAt: null, finishedAt: null, runtimeSeconds: null, result: null },
  stateAt: RECEIVED_AT,
};

describe("the tasks that a worker holds", () => {
  const folder = makeTempFolder("held");
  let store: Store;
  beforeAll(async () => {
    store = await openStore(`file:${join(folder, "celeriac.db")}`);
    await upsertTasks(store, [
      makeTask({ id: "waits", ...unfinished, state: "RECEIVED", receivedAt: RECEIVED_AT }),
      makeTask({
        ...{ id: "later", ...unfinished, state: "RECEIVED", eta: "2026-11-26T14:00:00+02:00" },
        ...{ receivedAt: RECEIVED_AT, kwargs: "{'token': 's3cret'}" },
      }),
      makeTask({ id: "runs", ...unfinished, state: "STARTED", startedAt: RECEIVED_AT + 1_000 }),
      makeTask({ id: "elsewhere", ...unfinished, state: "STARTED", worker: "other@h" }),
      makeTask({ id: "ended", worker: "w@h" }),
    ]);
  });
  afterAll(async () => {
    await store?.close();
    removeFolder(folder);
  });

  test("waiting ones are there since they came, by the store, the longest first", async () => {
    const reply = wire([
      { id: "unheard", ...INFO, time_start: null },
      { id: "waits", ...INFO, time_start: null },
    ]);
    expect(await viewHeldTasks(store, reply, "reserved")).toEqual({
      ...{ from: "worker", isCut: false },
      tasks: [
        {
          ...{ id: "waits", name: "a.b", args: "[1]", kwargs: '{"k": "v"}', startedAt: null },
          ...{ sinceAt: "2026-11-26T12:00:00.250Z", eta: null, queue: "q", priority: 3, pid: null },
          ...{ redelivered: true, acknowledged: false },
        },
        expect.objectContaining({ id: "unheard", sinceAt: null }),
      ],
    });
  });

  test("running ones are there since they began, and show reprs where they got no values", async () => {
    const reply = wire([{ id: "waits", ...INFO, args: "(1,)", time_start: 1795694401.5, worker_pid: 7 }]);
    expect((await viewHeldTasks(store, reply, "active"))?.tasks).toMatchObject([
      { args: "(1,)", startedAt: "2026-11-26T12:00:01.500Z", sinceAt: "2026-11-26T12:00:01.500Z", pid: 7 },
    ]);
  });

  test("scheduled ones come in the order of their eta, in UTC", async () => {
    const reply = wire([
      { eta: "2026-11-27T01:00:00.000001+01:00", priority: 6, request: { id: "b", ...INFO } },
      { eta: "2026-11-26T23:59:00+00:00", priority: 6, request: { id: "a", ...INFO } },
    ]);
    expect((await viewHeldTasks(store, reply, "scheduled"))?.tasks.map(({ id, eta }) => [id, eta])).toEqual([
      ["a", "2026-11-26T23:59:00.000Z"],
      ["b", "2026-11-27T00:00:00.000Z"],
    ]);
  });

  test("more than 500 are cut, and it says so", async () => {
    const reply = wire(Array.from({ length: 501 }, (_, index) => ({ id: `t${index}`, ...INFO })));
    const held = await viewHeldTasks(store, reply, "reserved");
    expect([held?.tasks.length, held?.isCut]).toEqual([500, true]);
  });

  test("no list is no answer", async () => {
    expect(await viewHeldTasks(store, null, "active")).toBeNull();
  });

  test("events tell the same of a worker that can't be asked, secrets hidden", async () => {
    const held = await listHeldFromEvents(store, "w@h", ["token"]);
    const idsOf = ({ tasks }: HeldTasks) => tasks.map(({ id }) => id);
    expect([held.active, held.reserved, held.scheduled].map(idsOf)).toEqual([["runs"], ["waits"], ["later"]]);
    expect(held.active.tasks[0]).toMatchObject({ sinceAt: "2026-11-26T12:00:01.250Z", pid: null });
    expect(held.scheduled.tasks[0]).toMatchObject({
      eta: "2026-11-26T12:00:00.000Z",
      kwargs: "{'token': '***'}",
    });
    expect(held.reserved).toMatchObject({ from: "events", isCut: false });
  });
});

function wire(value: unknown): WireValue {
  const parsed = parseWireJson(JSON.stringify(value));
  if (!parsed.ok) throw new Error("no JSON");
  return parsed.value;
}
