import { expect, it } from "vitest";
import { isTaskQueue, parseBinding } from "@/lib/celery/virtual/parse-binding";

const SEPARATOR = "\u0006\u0016";

it.each([
  ["rk\u0006\u0016\u0006\u0016dq", { routingKey: "rk", pattern: "", queue: "dq" }],
  [
    "\u0006\u0016\u0006\u0016w@vm.celery.pidbox",
    { routingKey: "", pattern: "", queue: "w@vm.celery.pidbox" },
  ],
  [
    "a.*\u0006\u0016^a\\..*?[^\\.]$\u0006\u0016tq",
    { routingKey: "a.*", pattern: "^a\\..*?[^\\.]$", queue: "tq" },
  ],
  ["", null],
  ["only\u0006\u0016two", null],
  ["a\u0006\u0016b\u0006\u0016", null],
  ["a\u0006\u0016b\u0006\u0016c\u0006\u0016d", null],
])("reads the binding %j", (member, binding) => {
  expect(parseBinding(member, SEPARATOR)).toEqual(binding);
});

it.each([
  ["celery", true],
  ["high.priority", true],
  ["w@vm.celery.pidbox", false],
  ["1234.reply.celery.pidbox", false],
  ["celeryev.5ed1", false],
  ["celery_delayed_27", false],
])("says whether %s holds tasks", (queue, holdsTasks) => {
  expect(isTaskQueue(queue)).toBe(holdsTasks);
});
