import { describe, expect, it } from "vitest";
import { listBatchShares } from "@/components/retries/batch-shares";
import { addSample, measureRate, type SendSample } from "@/components/retries/send-rate";
import type { Batch } from "@/lib/api/schemas/redispatches";

describe("listBatchShares", () => {
  it("accounts for every task", () => {
    const shares = listBatchShares(batch({ total: 100, dispatched: 60, skipped: 5, failed: 2 }));
    expect(shares.map((share) => `${share.key} ${share.count}`)).toEqual([
      "succeeded 50",
      "failed 3",
      "pending 7",
      "unsent 2",
      "skipped 5",
      "waiting 33",
    ]);
    expect(shares.reduce((sum, share) => sum + share.count, 0)).toBe(100);
  });
});

describe("measureRate", () => {
  it("measures over the last seconds only", () => {
    let samples: readonly SendSample[] = [];
    for (let second = 0; second <= 30; second++) {
      samples = addSample(samples, { at: second * 1000, dispatched: second <= 15 ? 0 : (second - 15) * 40 });
    }
    expect(measureRate(samples)).toBe(40);
  });

  it("says nothing before a second has passed, and counts no moment twice", () => {
    const first = addSample([], { at: 0, dispatched: 10 });
    expect(addSample(first, { at: 0, dispatched: 10 })).toBe(first);
    expect(measureRate(addSample(first, { at: 900, dispatched: 50 }))).toBeNull();
  });
});

function batch(counts: Pick<Batch, "total" | "dispatched" | "skipped" | "failed">): Batch {
  return {
    ...counts,
    id: "b",
    state: "running",
    doubtful: 0,
    outcomes: { succeeded: 50, failed: 3, pending: 7 },
    ratePerSecond: null,
    keepQueueBelow: null,
    priority: null,
    countdownSeconds: null,
    spreadSeconds: null,
    queue: null,
    waitsFor: null,
    reason: "",
    actor: "admin",
    selection: "state FAILURE",
    selectionQuery: null,
    changes: [],
    error: null,
    createdAt: "2026-11-23T10:00:00.000Z",
    startedAt: null,
    finishedAt: null,
  };
}
