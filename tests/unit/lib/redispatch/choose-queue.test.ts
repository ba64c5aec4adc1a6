import { expect, test } from "vitest";
import { chooseQueue, type QueueKnowledge, type RoutedTask } from "@/lib/redispatch/choose-queue";

const knowledge: QueueKnowledge = {
  operatorQueue: null,
  typeQueues: new Map([["shop.mail.send", "mail"]]),
  workerQueues: new Map([
    ["one@host", ["reports"]],
    ["two@host", ["reports", "mail"]],
    ["none@host", []],
  ]),
  routes: [
    ["shop.billing.refund", "refunds"],
    ["shop.billing.*", "billing"],
  ],
  defaultQueue: "celery",
};

function task(fields: Partial<RoutedTask>): RoutedTask {
  return { name: "shop.other", queue: null, worker: null, ...fields };
}

test("a person's choice comes before everything", () => {
  const choice = chooseQueue(task({ queue: "urgent" }), { ...knowledge, operatorQueue: "repair" });
  expect(choice).toEqual({ queue: "repair", rule: "operator" });
});

test("this very task's queue comes before its type's", () => {
  expect(chooseQueue(task({ name: "shop.mail.send", queue: "urgent" }), knowledge)).toEqual({
    queue: "urgent",
    rule: "task-event",
  });
});

test("the type's last queue comes before the worker's", () => {
  expect(chooseQueue(task({ name: "shop.mail.send", worker: "one@host" }), knowledge)).toEqual({
    queue: "mail",
    rule: "type-last-seen",
  });
});

test("a worker that consumes one queue gives it, one that consumes two or none doesn't", () => {
  expect(chooseQueue(task({ worker: "one@host" }), knowledge)).toEqual({
    queue: "reports",
    rule: "worker-queue",
  });
  for (const worker of ["two@host", "none@host", "gone@host"]) {
    expect(chooseQueue(task({ worker }), knowledge)).toEqual({ queue: "celery", rule: "default" });
  }
});

test("the first route that matches wins, after the worker's queue", () => {
  expect(chooseQueue(task({ name: "shop.billing.refund" }), knowledge)).toEqual({
    queue: "refunds",
    rule: "route",
  });
  expect(chooseQueue(task({ name: "shop.billing.charge" }), knowledge)).toEqual({
    queue: "billing",
    rule: "route",
  });
  expect(chooseQueue(task({ name: "shop.billing.charge", worker: "one@host" }), knowledge).rule).toBe(
    "worker-queue",
  );
});
