import { expect, test } from "vitest";
import { hasNeverRun } from "@/components/tasks/never-ran";

const STEP = { state: "FAILURE", worker: null, args: '["TEA-GREEN-100"]', exception: null };

test("a failed task with args and without a worker never ran", () => {
  expect(hasNeverRun(STEP)).toBe(true);
  expect(hasNeverRun({ ...STEP, worker: "mail@shop" })).toBe(false);
  expect(hasNeverRun({ ...STEP, state: "SUCCESS" })).toBe(false);
});

test("nothing is said where nobody knows: result_extended is off, or an event told of an exception", () => {
  expect(hasNeverRun({ ...STEP, args: null })).toBe(false);
  expect(hasNeverRun({ ...STEP, exception: "NotRegistered('shop.tasks.gone')" })).toBe(false);
});
