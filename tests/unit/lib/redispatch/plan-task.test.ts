import { describe, expect, test } from "vitest";
import type { ExactArgs } from "@/lib/celery/args/exact-args";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { decodeSerialized } from "@/lib/celery/result/decode-serialized";
import { readBackendArgs } from "@/lib/celery/result/read-backend-args";
import { type PlanContext, planTask } from "@/lib/redispatch/plan-task";
import { makeEvidence } from "./make-evidence";

const context: PlanContext = {
  queues: {
    operatorQueue: null,
    typeQueues: new Map([["shop.mail.send", "mail"]]),
    workerQueues: new Map(),
    routes: [],
    defaultQueue: "celery",
  },
  confirmTyped: false,
  readsTypedValues: true,
  includeRedispatched: false,
  includeLost: false,
  hasLost: () => false,
  acceptsJson: () => true,
  isRedispatched: () => false,
};

function reasonOf(evidence = makeEvidence(), change: Partial<PlanContext> = {}) {
  return planTask(evidence, { ...context, ...change }).reason;
}

test("a failed task with readable args is ready", () => {
  const plan = planTask(makeEvidence(), context);
  expect(plan).toMatchObject({
    id: "task-1",
    name: "shop.mail.send",
    choice: { queue: "mail", rule: "type-last-seen" },
    argsClass: "safe",
    fingerprint: "FAILURE@1795000001000000",
    reason: null,
  });
  expect(plan.call && writeWireJson([plan.call.args, plan.call.kwargs])).toBe('[[1, "a"], {"k": null}]');
});

test.each(["SUCCESS", "REVOKED", "FAILURE"])("%s has ended and may be sent again", (status) => {
  expect(reasonOf(makeEvidence({ status }))).toBeNull();
});

test.each(["STARTED", "RETRY", "PENDING", "PROGRESS"])("%s has not ended", (status) => {
  expect(reasonOf(makeEvidence({ status }))).toBe("not-finished");
});

describe("a task whose worker is gone", () => {
  const gone = { hasLost: () => true };
  const agreed = { ...gone, includeLost: true };
  const running = { state: "STARTED", finishedAt: null, startedAt: 1_795_000_000_500 };

  test("is sent with consent only, when it had begun", () => {
    const evidence = makeEvidence(null, running);
    expect(reasonOf(evidence)).toBe("not-finished");
    expect(reasonOf(evidence, gone)).toBe("lost-with-worker");
    expect(reasonOf(evidence, agreed)).toBeNull();
    expect(reasonOf(makeEvidence(null, { ...running, state: "PROGRESS" }), agreed)).toBeNull();
  });

  test("is the broker's still, when it had not", () => {
    for (const state of ["RECEIVED", "PENDING", "RETRY"]) {
      expect(reasonOf(makeEvidence(null, { ...running, state }), agreed)).toBe("not-finished");
    }
    expect(reasonOf(makeEvidence({ status: "STARTED" }, { ...running, state: "RECEIVED" }), agreed)).toBe(
      "not-finished",
    );
  });

  test("is known by its row where no event told of it", () => {
    const startedAt = 1_795_000_000_500_000n;
    const asked: unknown[] = [];
    const hasLost = (task: unknown) => asked.push(task) > 0;
    expect(reasonOf(makeEvidence({ status: "STARTED", startedAt }), { hasLost })).toBe("lost-with-worker");
    expect(asked).toEqual([
      { worker: "mail@box", receivedAt: null, startedAt: 1_795_000_000_500, stateAt: 1_795_000_000_500 },
    ]);
    expect(reasonOf(makeEvidence({ status: "STARTED" }), { hasLost })).toBe("not-finished");
  });
});

test("a task of which nothing is known is gone", () => {
  const plan = planTask(makeEvidence(null, null), context);
  expect(plan).toMatchObject({ reason: "gone", name: null, choice: null, fingerprint: null });
});

test("without a row, events tell all", () => {
  const plan = planTask(makeEvidence(null, { queue: "urgent" }), context);
  expect(plan).toMatchObject({
    reason: null,
    choice: { queue: "urgent", rule: "task-event" },
    fingerprint: "FAILURE@1795000001000",
  });
  expect(plan.call && writeWireJson(plan.call.args)).toBe("[2]");
});

test("what a row without result_extended lacks comes from events", () => {
  const bare = { name: null, args: null, kwargs: null, worker: null };
  const plan = planTask(makeEvidence(bare, {}), context);
  expect(plan).toMatchObject({ reason: null, name: "shop.mail.send" });
  expect(plan.call && writeWireJson(plan.call.args)).toBe("[2]");
  expect(reasonOf(makeEvidence(bare))).toBe("no-name");
  expect(reasonOf(makeEvidence(bare, { args: null }))).toBe("unknown-args");
});

test("the row's args come before those of events", () => {
  const plan = planTask(makeEvidence({}, {}), context);
  expect(plan.call && writeWireJson(plan.call.args)).toBe('[1, "a"]');
});

test.each([
  ["(<object at 0x7f>,)", "lossy-args"],
  ["('abc...',)", "lossy-args"],
  ["(1, ...)", "lossy-args"],
  ["(b'raw',)", "lossy-args"],
  ["({1, 2},)", "lossy-args"],
  ["(Decimal('1.50'),)", "typed-args"],
  ["(datetime.datetime(2026, 1, 2, 3, 4),)", "typed-args"],
])("args %s: %s", (text, reason) => {
  expect(reasonOf(makeEvidence({ args: JSON.stringify(text) }))).toBe(reason);
});

test("lossy kwargs block as lossy args do", () => {
  expect(reasonOf(makeEvidence({ kwargs: JSON.stringify("{'a': <x>}") }))).toBe("lossy-args");
});

test("typed args need a person's word, and workers that read them", () => {
  const typed = makeEvidence({ args: JSON.stringify("(Decimal('1.50'),)") });
  expect(reasonOf(typed, { confirmTyped: true })).toBeNull();
  expect(reasonOf(typed, { confirmTyped: true, readsTypedValues: false })).toBe("typed-args");
});

test("what was sent again is blocked, unless asked for", () => {
  const isRedispatched = (id: string) => id === "task-1";
  expect(reasonOf(makeEvidence(), { isRedispatched })).toBe("already-redispatched");
  expect(reasonOf(makeEvidence(), { isRedispatched, includeRedispatched: true })).toBeNull();
});

test("a queue whose workers take no JSON is blocked", () => {
  expect(reasonOf(makeEvidence(), { acceptsJson: (queue) => queue !== "mail" })).toBe("unknown-serializer");
});

test("a blocked task keeps its name and queue, for when its args are supplied", () => {
  const plan = planTask(makeEvidence({ args: null }), context);
  expect(plan).toMatchObject({ reason: "unknown-args", name: "shop.mail.send", choice: { queue: "mail" } });
  expect(plan.call).toBeNull();
});

function exactArgs(text: string): ExactArgs {
  const decode = (json: string) => decodeSerialized(Buffer.from(json));
  const call = readBackendArgs({ status: null, worker: null, args: decode(text), kwargs: decode("{}") });
  return { source: "redis-backend", name: "shop.mail.send", ...call };
}

test("exact args take the place of lossy ones", () => {
  const cut = makeEvidence({ args: JSON.stringify("('abc...',)"), kwargs: JSON.stringify("{}") });
  const plan = planTask({ ...cut, exact: [exactArgs('["abcdef"]')] }, context);
  expect(plan).toMatchObject({ reason: null, argsClass: "exact", argsFrom: "redis-backend" });
  expect(plan.call && writeWireJson(plan.call.args)).toBe('["abcdef"]');
});

test("kombu's own typed values need no consent, but workers that read them", () => {
  const bytes = '[{"__type__": "bytes", "__value__": "raw"}, [{"__type__": "decimal", "__value__": "1.50"}]]';
  const evidence = { ...makeEvidence({ args: null, kwargs: null }), exact: [exactArgs(bytes)] };
  const plan = planTask(evidence, context);
  expect(plan).toMatchObject({ reason: null, argsClass: "exact" });
  expect(plan.call && writeWireJson(plan.call.args)).toBe(bytes);
  expect(reasonOf(evidence, { readsTypedValues: false })).toBe("typed-args");
  expect(reasonOf(evidence, { readsTypedValues: false, confirmTyped: true })).toBe("typed-args");
});

test("a task that only a result backend names is called so", () => {
  const evidence = { ...makeEvidence({ name: null, args: null, kwargs: null }), exact: [exactArgs("[1]")] };
  expect(planTask(evidence, context)).toMatchObject({ reason: null, name: "shop.mail.send" });
});
