import { expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { describeCluster } from "@/lib/redispatch/cluster-knowledge";
import { decideItem, type ItemChoices } from "@/lib/redispatch/run/decide-item";
import { fingerprintOf } from "@/lib/redispatch/task-evidence";
import type { WaitingItem } from "@/lib/store/batch-items";
import { makeEvidence } from "../make-evidence";
import { makeWorker, NOW } from "../make-worker";

const choices: ItemChoices = {
  confirmTyped: false,
  includeLost: false,
  cluster: describeCluster([makeWorker()], NOW),
  patches: new Map(),
};
const TYPED = { args: JSON.stringify("(Decimal('1.50'),)") };
const LOSSY = { args: JSON.stringify("(<object>,)") };

function makeItem(part: Partial<WaitingItem> = {}): WaitingItem {
  return {
    position: 0,
    originalId: "task-1",
    newId: "new-1",
    queue: "mail",
    fingerprint: fingerprintOf(makeEvidence()),
    after: "",
    args: null,
    kwargs: null,
    ...part,
  };
}

/** What is sent, as JSON, or why nothing is. */
function decide(item = makeItem(), evidence = makeEvidence(), change: Partial<typeof choices> = {}): string {
  const decision = decideItem(item, evidence, { ...choices, ...change });
  return decision.send ? writeWireJson([decision.call.args, decision.call.kwargs]) : decision.reason;
}

test("an unchanged task is sent with its stored args", () => {
  expect(decide()).toBe('[[1, "a"], {"k": null}]');
});

test("a task that is gone, or has changed since the preview, is not", () => {
  expect(decide(makeItem(), makeEvidence(null, null))).toBe("gone");
  expect(decide(makeItem(), makeEvidence({ doneAt: 1n }))).toBe("changed");
  expect(decide(makeItem(), makeEvidence({ status: "STARTED" }))).toBe("changed");
  expect(decide(makeItem(), makeEvidence({ status: "REVOKED" }))).toBe("changed");
});

test("typed args are sent when a person confirmed them", () => {
  expect(decide(makeItem(), makeEvidence(TYPED))).toBe("typed-args");
  expect(decide(makeItem(), makeEvidence(TYPED), { confirmTyped: true })).toBe(
    '[[{"__type__": "decimal", "__value__": "1.50"}], {"k": null}]',
  );
});

test("what was lost with its worker is sent as long as it is", () => {
  const evidence = makeEvidence(null, { state: "STARTED", finishedAt: null });
  const item = makeItem({ fingerprint: fingerprintOf(evidence) });
  const worker = makeWorker({ announced: "silent" });
  const lost = { includeLost: true, cluster: describeCluster([worker], NOW) };
  expect(decide(item, evidence, lost)).toBe("[[2], {}]");
  expect(decide(item, evidence, { ...lost, includeLost: false })).toBe("lost-with-worker");
  expect(decide(item, evidence, { includeLost: true })).toBe("not-finished");
});

test("supplied args take the place of the stored ones, whatever their class", () => {
  const item = makeItem({ args: "[1.10]", kwargs: '{"x": 2}' });
  for (const row of [{}, TYPED, LOSSY, { args: null }]) {
    expect(decide(item, makeEvidence(row))).toBe('[[1.10], {"x": 2}]');
  }
});

test("supplied args don't help a task without a name, or one whose workers take no JSON", () => {
  const item = makeItem({ args: "[]", kwargs: "{}" });
  expect(decide(item, makeEvidence({ name: null }))).toBe("no-name");
  const pickle = describeCluster([makeWorker({}, { acceptContent: ["pickle"] })], NOW);
  expect(decide(item, makeEvidence(), { cluster: pickle })).toBe("unknown-serializer");
});

const PATCH = { set: new Map([["n", null]]), rename: new Map([["k", "key"]]), remove: new Set<string>() };
const patches = new Map([["shop.mail.send", PATCH]]);

test("a patch of its name changes the stored kwargs, and nothing else", () => {
  expect(decide(makeItem(), makeEvidence(), { patches })).toBe('[[1, "a"], {"key": null, "n": null}]');
  expect(decide(makeItem(), makeEvidence({ name: "other" }), { patches })).toBe('[[1, "a"], {"k": null}]');
});

test("what a person supplied is not patched, and what can't be patched is not sent", () => {
  const item = makeItem({ args: "[]", kwargs: '{"k": 1}' });
  expect(decide(item, makeEvidence(), { patches })).toBe('[[], {"k": 1}]');
  const taken = makeEvidence({ kwargs: JSON.stringify("{'k': 1, 'key': 2}") });
  expect(decide(makeItem(), taken, { patches })).toBe("can't be changed: it has a kwarg key already");
  expect(decide(makeItem(), makeEvidence({ kwargs: null }), { patches })).toBe("unknown-args");
});
