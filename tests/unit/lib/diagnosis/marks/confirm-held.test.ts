import { expect, test } from "vitest";
import type { TaskInfo } from "@/lib/celery/control/read-task-infos";
import { confirmHeld } from "@/lib/diagnosis/marks/confirm-held";
import { makeReserved, makeRunning } from "../make-held-task";

const tasks = [makeRunning(60), makeReserved(60)];

test("what a worker does not hold by its own word is left out", () => {
  expect(idsOf({ running: ["running-1"], reserved: ["reserved-1"] })).toEqual(["running-1", "reserved-1"]);
  expect(idsOf({ running: [], reserved: [] })).toEqual([]);
  expect(idsOf({ running: ["running-1", "reserved-1"], reserved: [] })).toEqual(["running-1"]);
});

test("what it was not asked, or did not answer, is as events told", () => {
  expect(idsOf({ running: [], reserved: null })).toEqual(["reserved-1"]);
  expect(confirmHeld(tasks, new Map())).toEqual(tasks);
});

function idsOf({ running, reserved }: { running: string[]; reserved: string[] | null }): string[] {
  const holdings = { running: running.map(makeInfo), reserved: reserved?.map(makeInfo) ?? null };
  return confirmHeld(tasks, new Map([["mail@box", holdings]])).map(({ id }) => id);
}

function makeInfo(id: string): TaskInfo {
  return {
    ...{ id, task: null, args: null, kwargs: null, argsRepr: null, kwargsRepr: null, hostname: null },
    ...{ startedAt: null, isAcknowledged: null, queue: null, priority: null, isRedelivered: null, pid: null },
  };
}
