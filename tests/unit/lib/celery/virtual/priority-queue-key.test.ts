import { expect, it } from "vitest";
import {
  DEFAULT_PRIORITY_OPTIONS,
  listPriorityQueueKeys,
  priorityQueueKey,
} from "@/lib/celery/virtual/priority-queue-key";

it.each([
  [0, "q"],
  [2, "q"],
  [3, "q\u0006\u00163"],
  [5, "q\u0006\u00163"],
  [8, "q\u0006\u00166"],
  [9, "q\u0006\u00169"],
  [255, "q\u0006\u00169"],
  [-1, "q"],
  [Number.NaN, "q"],
])("priority %d of the default steps is in %j", (priority, key) => {
  expect(priorityQueueKey("q", priority, DEFAULT_PRIORITY_OPTIONS)).toBe(key);
});

it("follows other steps and separators", () => {
  const options = { steps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], separator: ":" };
  expect(priorityQueueKey("celery", 4, options)).toBe("celery:4");
});

it("lists a queue's keys in the order in which workers serve them", () => {
  expect(listPriorityQueueKeys("q", { steps: [0, 5], separator: ":" })).toEqual(["q", "q:5"]);
});
