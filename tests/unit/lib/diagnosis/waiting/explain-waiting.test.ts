import { describe, expect, test } from "vitest";
import { explainWaiting } from "@/lib/diagnosis/waiting/explain-waiting";
import type { WaitingFacts } from "@/lib/diagnosis/waiting/waiting-facts";
import type { StoredQueue } from "@/lib/store/queues";
import { makeWorker, NOW } from "../make-held-task";

const SAMPLE: StoredQueue = {
  ...{ name: "mail", depth: 10, unacked: 0, consumers: null, byPriority: null, source: "redis" },
  ...{ oldestWaitingSeconds: 5, oldestWaitingIsMinimum: false, publishPerSecond: 1, ackPerSecond: 1 },
  sampledAt: NOW,
};
const FROZEN = { marks: [{ mark: "frozen", detail: "", remedy: "" }] } as const;

const QUEUE: NonNullable<WaitingFacts["queue"]> = {
  ...{ name: "mail", sample: SAMPLE, consumers: [makeWorker()], areAllKnown: true, sentBefore: 0 },
};
const PENDING: WaitingFacts = {
  ...{ now: NOW, name: "shop.mail.send", state: "PENDING", eta: null, holder: null, running: [] },
  queue: QUEUE,
};
const RECEIVED: WaitingFacts = { ...PENDING, state: "RECEIVED", holder: makeWorker(), queue: null };

/** What it waits for, reason by reason. */
function explain(facts: WaitingFacts): Record<string, string> {
  return Object.fromEntries(explainWaiting(facts).map(({ reason, detail }) => [reason, detail]));
}

function inQueue(part: Partial<typeof QUEUE>): WaitingFacts {
  return { ...PENDING, queue: { ...QUEUE, ...part } };
}

test.each(["SUCCESS", "FAILURE", "REVOKED", "STARTED", "PROGRESS"])("%s waits for nothing", (state) => {
  expect(explain({ ...inQueue({ consumers: [] }), state })).toEqual({});
});

test("a task that is about to be taken waits for nothing known", () => {
  expect(explain(PENDING)).toEqual({});
  expect(explain({ ...PENDING, queue: null })).toEqual({});
});

describe("in its queue", () => {
  test("nobody consumes it", () => {
    const reason = { "no-consumer": "No worker that is online consumes its queue, mail." };
    expect(explain(inQueue({ consumers: [] }))).toEqual(reason);
    expect(explain({ ...inQueue({ consumers: [] }), state: "RETRY" })).toEqual(reason);
    // A worker that has not said yet may consume it.
    expect(explain(inQueue({ consumers: [], areAllKnown: false }))).toEqual({});
    const counted = { consumers: [], areAllKnown: false, sample: { ...SAMPLE, consumers: 0 } };
    expect(explain(inQueue(counted))).toEqual(reason);
  });

  test("all slots are busy", () => {
    const full = makeWorker({ active: 2 });
    expect(explain(inQueue({ consumers: [full, makeWorker({ hostname: "two@box", active: 2 })] }))).toEqual({
      "slots-busy": "All 4 slots of mail@box; two@box are busy.",
    });
    expect(explain(inQueue({ consumers: [makeWorker({ active: 1 }, { concurrency: 1 })] }))).toEqual({
      "slots-busy": "The only slot of mail@box is busy.",
    });
    expect(explain(inQueue({ consumers: [full, makeWorker({ hostname: "two@box", active: 1 })] }))).toEqual(
      {},
    );
    expect(explain(inQueue({ consumers: [full, makeWorker({ hostname: "two@box" }, null)] }))).toEqual({});
  });

  test("its name is registered nowhere", () => {
    expect(explain({ ...PENDING, name: "shop.gone" })).toEqual({
      unregistered:
        "No worker of mail has shop.gone registered: the first to take it will fail it as NotRegistered.",
    });
    const silent = makeWorker({ hostname: "two@box" }, { registered: null });
    expect(explain({ ...inQueue({ consumers: [makeWorker(), silent] }), name: "shop.gone" })).toEqual({});
  });

  test("its workers are frozen", () => {
    expect(explain(inQueue({ consumers: [makeWorker({ ...FROZEN, active: 0 })] }))).toEqual({
      "worker-frozen": "All workers of mail are frozen: restart mail@box.",
    });
    const awake = makeWorker({ hostname: "two@box" });
    expect(explain(inQueue({ consumers: [makeWorker(FROZEN), awake] }))).toEqual({});
  });

  test("others are before it, never more than there are", () => {
    expect(explain(inQueue({ sentBefore: 4 }))).toEqual({
      "queued-behind": "4 of the 10 messages in mail were sent before it.",
    });
    expect(explain(inQueue({ sentBefore: 4_000 }))).toEqual({
      "queued-behind": "9 of the 10 messages in mail were sent before it.",
    });
    expect(explain(inQueue({ sentBefore: 4, sample: null }))).toEqual({});
    expect(explain(inQueue({ sentBefore: 4, sample: { ...SAMPLE, depth: 0 } }))).toEqual({});
    expect(explain(inQueue({ sentBefore: null }))).toEqual({});
  });

  test("its eta comes first, and hides what may pass until then", () => {
    const eta = new Date(NOW + 720_000).toISOString();
    const full = makeWorker({ active: 2 });
    expect(explain({ ...inQueue({ consumers: [full], sentBefore: 4 }), eta })).toEqual({
      eta: "It is not to begin before its eta, in 12 min.",
    });
    expect(Object.keys(explain({ ...inQueue({ consumers: [] }), eta }))).toEqual(["eta", "no-consumer"]);
    expect(explain({ ...PENDING, eta: new Date(NOW - 1).toISOString() })).toEqual({});
    expect(explain({ ...PENDING, eta: "soon" })).toEqual({});
  });
});

describe("in a worker's reserve", () => {
  const running = [{ id: "r1", name: "shop.report", since: NOW - 90_000 }];

  test("until its eta", () => {
    const eta = new Date(NOW + 720_000).toISOString();
    expect(explain({ ...RECEIVED, eta, running: [...running, ...running] })).toEqual({
      eta: "It is not to begin before its eta, in 12 min. mail@box keeps it until then.",
    });
  });

  test("behind what runs", () => {
    const two = [...running, { id: "r2", name: null, since: null }];
    expect(explain({ ...RECEIVED, running: two })).toEqual({
      "reserved-behind":
        "mail@box has taken it and is busy with shop.report (r1), running for 1 min 30 s; a task (r2).",
    });
    // One slot is free: it begins at once.
    expect(explain({ ...RECEIVED, running })).toEqual({});
    const many = Array.from({ length: 5 }, (_, index) => ({ id: `r${index}`, name: "x", since: null }));
    expect(explain({ ...RECEIVED, running: many })["reserved-behind"]).toMatch(/; x \(r2\); and 2 more\.$/);
  });

  test("for its rate limit", () => {
    const limits = { "shop.mail.send": { rateLimit: "10/m", softTimeLimit: null, timeLimit: null } };
    expect(explain({ ...RECEIVED, holder: makeWorker({}, { limits }) })).toEqual({
      "rate-limited": "mail@box begins at most 10/m tasks of its kind.",
    });
  });

  test("for ever, in one that is frozen", () => {
    expect(explain({ ...RECEIVED, holder: makeWorker(FROZEN) })).toEqual({
      "worker-frozen": "mail@box has taken it and is frozen: restart that worker.",
    });
  });

  test("of one that is gone, until the broker delivers it again", () => {
    expect(explain({ ...RECEIVED, holder: makeWorker({ announced: "silent" }), running })).toEqual({
      "worker-gone": "mail@box had taken it and went away. It is not lost: the broker delivers it again.",
    });
  });
});
