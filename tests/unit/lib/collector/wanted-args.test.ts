import { expect, test } from "vitest";
import type { TaskEvent } from "@/lib/celery/celery-event";
import { WantedArgs } from "@/lib/collector/wanted-args";
import { failed, received, started } from "@/tests/unit/lib/celery/events/event-factory";

const CUT = "('xxx...', ...";
const everyone = () => true;

function note(...events: TaskEvent[]): WantedArgs {
  const wanted = new WantedArgs();
  wanted.note(events.map((event) => ({ event, receivedAt: 1 })));
  return wanted;
}

test.each([
  ["cut", { args: CUT }],
  ["typed", { args: "(Decimal('1.50'),)" }],
  ["not told", { args: null }],
  ["cut kwargs", { kwargs: "{'a': 'xxx...', ...}" }],
])("args that are %s are wanted of the worker that holds the task", (_words, change) => {
  expect(note(received(1, change)).choose(10, everyone)).toEqual(new Map([["id-1", "w1@vm"]]));
});

test("args that the event told in full are not", () => {
  expect(note(received(1, { args: "(1, 'a')" })).choose(10, everyone).size).toBe(0);
});

test("a worker that can't be asked safely is not", () => {
  const wanted = note(
    received(1, { args: CUT }),
    received(2, { args: CUT, uuid: "id-2", hostname: "w2@vm" }),
  );
  expect(wanted.choose(10, (hostname) => hostname === "w2@vm")).toEqual(new Map([["id-2", "w2@vm"]]));
});

test("a task that waits for its eta is asked for when it starts", () => {
  const waiting = received(1, { args: CUT, eta: "2026-01-01T00:00:00+00:00" });
  expect(note(waiting).choose(10, everyone).size).toBe(0);
  expect(note(waiting, started(2, { hostname: "w3@vm" })).choose(10, everyone)).toEqual(
    new Map([["id-1", "w3@vm"]]),
  );
});

test("a task that ended is held no more", () => {
  expect(note(received(1, { args: CUT }), failed(2)).choose(10, everyone).size).toBe(0);
});

test("a task is asked for three times at most, and no more once it was told", () => {
  const wanted = note(received(1, { args: CUT }));
  wanted.noteAsked("id-1", false);
  wanted.noteAsked("id-1", false);
  expect(wanted.choose(10, everyone).size).toBe(1);
  wanted.noteAsked("id-1", false);
  expect(wanted.choose(10, everyone).size).toBe(0);
  wanted.note([{ event: received(3, { args: CUT }), receivedAt: 3 }]);
  wanted.noteAsked("id-1", true);
  expect(wanted.choose(10, everyone).size).toBe(0);
});

test("tasks whose args are too large to keep are left alone", () => {
  const wanted = note();
  wanted.noteTooLarge("shop.pay");
  wanted.note([{ event: received(1, { args: CUT }), receivedAt: 1 }]);
  expect(wanted.choose(10, everyone).size).toBe(0);
});

test("the oldest come first, and ten thousand wait at most", () => {
  const events = Array.from({ length: 10_050 }, (_, index) =>
    received(index, { args: CUT, uuid: `id-${index}` }),
  );
  const wanted = note(...events);
  expect([...wanted.choose(2, everyone).keys()]).toEqual(["id-50", "id-51"]);
  expect(wanted.choose(20_000, everyone).size).toBe(10_000);
});
