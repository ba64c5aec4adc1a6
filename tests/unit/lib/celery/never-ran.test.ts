import { expect, test } from "vitest";
import { hasNeverRun } from "@/lib/celery/never-ran";

const STEP = { state: "FAILURE", worker: null, args: '["TEA-GREEN-100"]' };

test("a failed task with args and without a worker never ran", () => {
  expect(hasNeverRun(STEP)).toBe(true);
  expect(hasNeverRun({ ...STEP, worker: "mail@shop" })).toBe(false);
  expect(hasNeverRun({ ...STEP, state: "SUCCESS" })).toBe(false);
});

test("nothing is said where nobody knows, as with result_extended off", () => {
  expect(hasNeverRun({ ...STEP, args: null })).toBe(false);
  expect(hasNeverRun({ ...STEP, worker: undefined })).toBe(false);
});
