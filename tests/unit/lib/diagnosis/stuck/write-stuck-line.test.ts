import { expect, test } from "vitest";
import type { StuckTask } from "@/lib/diagnosis/stuck/stuck-task";
import { writeStuckLine } from "@/lib/diagnosis/stuck/write-stuck-line";

const TASK: StuckTask = {
  ...{ id: "task-1", name: "shop.pay", worker: "w@box", queue: null, since: null, forSeconds: null },
  ...{ reason: "worker-gone", detail: "Its worker left.", remedy: "redispatch" },
};

test("is one line of five fields", () => {
  expect(writeStuckLine(TASK)).toBe("worker-gone\ttask-1\tshop.pay\tw@box\tIts worker left.");
  expect(writeStuckLine({ ...TASK, name: null, worker: null })).toBe(
    "worker-gone\ttask-1\t-\t-\tIts worker left.",
  );
});

test("whatever is in a name, it makes no other line or field", () => {
  expect(writeStuckLine({ ...TASK, name: "a\nworker-gone\tb\u001b[2J" })).toBe(
    "worker-gone\ttask-1\ta worker-gone b [2J\tw@box\tIts worker left.",
  );
});
