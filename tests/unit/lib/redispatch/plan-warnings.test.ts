import { expect, test } from "vitest";
import { describeCluster } from "@/lib/redispatch/cluster-knowledge";
import { PlanSummary } from "@/lib/redispatch/plan-summary";
import type { TaskPlan } from "@/lib/redispatch/plan-task";
import { type PlanSurroundings, writeWarnings } from "@/lib/redispatch/plan-warnings";
import { makeEvidence } from "./make-evidence";
import { makeWorker, NOW } from "./make-worker";

const collector = { active: true, brokerConnected: true };
const surroundings: PlanSurroundings = {
  cluster: describeCluster([makeWorker()], NOW),
  collector,
  queues: new Map(),
  outcomes: new Map(),
};

function makePlan(part: Partial<TaskPlan> = {}): TaskPlan {
  return {
    id: "task-1",
    name: "shop.mail.send",
    choice: { queue: "mail", rule: "task-event" },
    fingerprint: "FAILURE@1",
    argsFrom: "events",
    argsClass: "safe",
    call: { args: [], kwargs: new Map() },
    reason: null,
    ...part,
  };
}

function summarize(plans: readonly TaskPlan[], evidence = makeEvidence()): PlanSummary {
  const summary = new PlanSummary();
  for (const plan of plans) summary.add(plan, evidence);
  return summary;
}

test("nothing to say of tasks that are known and served", () => {
  expect(writeWarnings(summarize([makePlan()]), surroundings)).toEqual([]);
});

test("nothing is said of tasks that are blocked", () => {
  const summary = summarize([makePlan({ reason: "gone", name: "no.such" })]);
  expect(
    writeWarnings(summary, { ...surroundings, collector: { active: false, brokerConnected: false } }),
  ).toEqual([]);
});

test("names and queues that nobody serves are told with their counts", () => {
  const stray = makePlan({ name: "no.such", choice: { queue: "nowhere", rule: "default" } });
  expect(writeWarnings(summarize([stray, makePlan(), stray]), surroundings)).toEqual([
    "2 tasks named no.such: no online worker registers that name; the first worker that gets one will destroy it as NotRegistered.",
    "2 tasks go to the queue nowhere, which no online worker consumes, and will wait in it.",
    "2 tasks go to the default queue nowhere, because nothing tells where they went before; choose another queue, or set CELERIAC_ROUTES, if that is wrong.",
  ]);
});

test("beyond three names the rest is counted, but for a single one", () => {
  const warn = (names: number) => {
    const plans = Array.from({ length: names }, (_, index) => makePlan({ name: `no.such${index}` }));
    return writeWarnings(summarize(plans), surroundings);
  };
  expect(warn(4)).toHaveLength(4);
  expect(warn(4)[3]).toMatch(/^1 task named no.such3: /);
  expect(warn(13)).toHaveLength(4);
  expect(warn(13)[3]).toBe("10 tasks of 10 more names that no online worker registers.");
});

test("beyond a thousand names the rest is neither listed nor checked, and it says so", () => {
  const plans = Array.from({ length: 1_002 }, (_, index) => makePlan({ name: `no.such${index}` }));
  const summary = summarize(plans);
  expect(summary).toMatchObject({ ready: 1_002, ungrouped: 2 });
  expect(writeWarnings(summary, surroundings).at(-1)).toBe(
    "2 tasks have still other names or queues: too many to list, and not checked for the above.",
  );
});

test("steps that never ran are told, blocked as they are", () => {
  const summary = summarize([makePlan({ reason: "lossy-args" }), makePlan()], makeEvidence({ worker: null }));
  expect(writeWarnings(summary, surroundings)).toEqual([
    "2 tasks never ran, because a step before them in a chain or chord failed. To send that step again doesn't start what comes " +
      "after it: that needs its args from you.",
  ]);
});

test("without a collector, a broker or workers it says so", () => {
  const summary = summarize([makePlan()]);
  const cluster = describeCluster([], NOW);
  expect(
    writeWarnings(summary, {
      ...surroundings,
      cluster,
      collector: { active: false, brokerConnected: false },
    }),
  ).toEqual([
    "No collector is running: the batch will wait until one is started.",
    "No worker is online: whether the tasks' names and queues are served can't be told.",
  ]);
  expect(
    writeWarnings(summary, { ...surroundings, collector: { active: true, brokerConnected: false } }),
  ).toEqual(["The broker is away: the batch will wait until it is back."]);
});

test("succeeded tasks and members of workflows are named", () => {
  const member = makeEvidence({ status: "SUCCESS" }, { rootId: "root" });
  expect(writeWarnings(summarize([makePlan()], member), surroundings)).toEqual([
    "1 task had succeeded: sending them again does their work twice.",
    "1 task belonged to a chain, a chord or another task: callbacks, chord membership and chain position are not stored, so each is sent alone and nothing after it is started.",
  ]);
});

test("the summary counts by reason and by name, with examples and a sample", () => {
  const summary = summarize([
    ...Array.from({ length: 7 }, (_, index) => makePlan({ id: `lossy-${index}`, reason: "lossy-args" })),
    makePlan({ id: "gone", reason: "gone" }),
    ...Array.from({ length: 9 }, (_, index) => makePlan({ id: `ready-${index}` })),
  ]);
  expect(summary).toMatchObject({ total: 17, ready: 9 });
  expect(summary.blocked).toEqual([
    { reason: "lossy-args", count: 7, exampleIds: ["lossy-0", "lossy-1", "lossy-2", "lossy-3", "lossy-4"] },
    { reason: "gone", count: 1, exampleIds: ["gone"] },
  ]);
  expect(summary.byName).toEqual([
    { name: "shop.mail.send", queue: "mail", rule: "task-event", count: 9, blocked: 8 },
  ]);
  expect(summary.byQueue).toEqual([{ queue: "mail", count: 17, ready: 9 }]);
  expect(summary.sample.map((plan) => plan.id)).toEqual([
    "ready-0",
    "ready-1",
    "ready-2",
    "ready-3",
    "ready-4",
  ]);
});

test("errors are grouped by what they have in common, with an example of each", () => {
  const summary = new PlanSummary();
  const messages = ["order 1 refused", "order 2 refused", "down", "order 3 refused"];
  for (const [index, message] of messages.entries()) {
    const error = JSON.stringify({ exc_type: "Refused", exc_message: [message], exc_module: "shop" });
    const reason = index === 1 ? "lossy-args" : null;
    summary.add(makePlan({ id: `task-${index}`, reason }), {
      ...makeEvidence({ error }),
      id: `task-${index}`,
    });
  }
  summary.add(makePlan(), makeEvidence({ status: "SUCCESS", error: null }));
  summary.add(makePlan(), makeEvidence({ error: null }));
  expect(summary.byError).toEqual([
    {
      fingerprint: expect.stringMatching(/^[0-9a-f]{14}$/),
      exceptionType: "shop.Refused",
      message: "order <number> refused",
      count: 3,
      ready: 2,
      exampleId: "task-0",
    },
    expect.objectContaining({ message: "down", count: 1, ready: 1, exampleId: "task-2" }),
    expect.objectContaining({ exceptionType: null, message: "", count: 1 }),
  ]);
  expect(summary.otherErrors).toBe(0);
});

test("beyond a thousand kinds of errors the rest is counted", () => {
  const summary = new PlanSummary();
  const letters = (n: number) => [...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("");
  for (let kind = 0; kind < 1_003; kind++) {
    const error = JSON.stringify({ exc_type: "E", exc_message: [letters(kind)], exc_module: "shop" });
    summary.add(makePlan(), makeEvidence({ error }));
  }
  expect(summary.byError).toHaveLength(1_000);
  expect(summary.otherErrors).toBe(3);
});

const BACKLOG = { depth: 12_408, consumers: 2, oldestWaitingSeconds: 372, oldestWaitingIsMinimum: false };

test.each([
  [{}, ": 12,408 messages wait in it, the oldest for 6 minutes"],
  [{ depth: 1 }, ": 1 message waits in it, the oldest for 6 minutes"],
  [{ oldestWaitingSeconds: null }, ": 12,408 messages wait in it"],
  [{ oldestWaitingIsMinimum: true }, ": 12,408 messages wait in it, the oldest for at least 6 minutes"],
  [{ oldestWaitingSeconds: 61.5 }, ": 12,408 messages wait in it, the oldest for 61 seconds"],
  [{ oldestWaitingSeconds: 8_000 }, ": 12,408 messages wait in it, the oldest for 2 hours"],
  [{ oldestWaitingSeconds: 180_000 }, ": 12,408 messages wait in it, the oldest for 2 days"],
])("a queue that is backed up is told, and by how much: %j", (part, words) => {
  const queues = new Map([["mail", { ...BACKLOG, ...part }]]);
  expect(writeWarnings(summarize([makePlan()]), { ...surroundings, queues })).toEqual([
    `The queue mail is backed up${words}. 1 task more will wait behind them: choose a rate that it can take.`,
  ]);
});

test.each([
  { depth: 999, oldestWaitingSeconds: 59.9 },
  { depth: 999, oldestWaitingSeconds: null },
  { depth: 0, oldestWaitingSeconds: 100 },
])("a queue that keeps up is not: %j", (part) => {
  const queues = new Map([["mail", { ...BACKLOG, ...part }]]);
  expect(writeWarnings(summarize([makePlan()]), { ...surroundings, queues })).toEqual([]);
});

test("where no worker has told its queues, the broker's count of consumers tells", () => {
  const cluster = describeCluster([makeWorker({}, null)], NOW);
  const queues = new Map([["mail", { ...BACKLOG, depth: 0, consumers: 0 }]]);
  expect(writeWarnings(summarize([makePlan()]), { ...surroundings, cluster, queues })).toEqual([
    "1 task goes to the queue mail, which no online worker consumes, and will wait in it.",
  ]);
  const unknown = new Map([["mail", { ...BACKLOG, depth: 0, consumers: null }]]);
  expect(writeWarnings(summarize([makePlan()]), { ...surroundings, cluster, queues: unknown })).toEqual([]);
});

test("a name whose tasks failed again after earlier retries is told", () => {
  const outcomes = new Map([
    ["shop.mail.send", { ended: 1_240, failed: 62 }],
    ["other", { ended: 1, failed: 1 }],
  ]);
  expect(writeWarnings(summarize([makePlan()]), { ...surroundings, outcomes })).toEqual([
    "Of the last 1,240 tasks named shop.mail.send that were sent again, 62 failed again: send a few first.",
  ]);
  const few = new Map([["shop.mail.send", { ended: 1_240, failed: 61 }]]);
  expect(writeWarnings(summarize([makePlan()]), { ...surroundings, outcomes: few })).toEqual([]);
});
