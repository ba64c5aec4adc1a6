import { describe, expect, it } from "vitest";
import { describeEffect, describeRate, isLostOnRestart } from "@/components/control/describe-effect";

describe("describeEffect", () => {
  it("names the worker and says what changes", () => {
    expect(describeEffect("mail@host", "pool-grow", { n: 2 })).toBe(
      "mail@host will take 2 more tasks at once.",
    );
    expect(describeEffect("Each", "pool-shrink", { n: 1 })).toBe("Each will take 1 fewer task at once.");
    expect(describeEffect("mail@host", "autoscale", { min: 0, max: 1 })).toBe(
      "mail@host will run between 0 and 1 process, as its load asks.",
    );
    expect(describeEffect("mail@host", "cancel-consumer", { queue: "mail" })).toBe(
      "mail@host will take no more tasks from mail. Those that it has taken it finishes.",
    );
  });

  it("says what a rate means, and that 0 is none", () => {
    expect(describeEffect("mail@host", "rate-limit", { name: "a.b", rate: "10/m" })).toBe(
      "mail@host will start a.b at most 10 times a minute. More of them wait in it.",
    );
    expect(describeEffect("mail@host", "rate-limit", { name: "a.b", rate: 0 })).toBe(
      "mail@host will start a.b as fast as it can.",
    );
  });

  it("says which time limits there are", () => {
    const limits = (soft: number | null, hard: number | null) =>
      describeEffect("mail@host", "time-limit", { name: "a.b", soft, hard });
    const soon = "once its pool has restarted or it has lost and found the broker.";
    expect(limits(20, 90)).toBe(
      `In mail@host, a.b tasks get SoftTimeLimitExceeded after 20 s and are killed after 1 min 30 s, ${soon}`,
    );
    expect(limits(null, 30)).toBe(`In mail@host, a.b tasks are killed after 30 s, ${soon}`);
    expect(limits(null, null)).toBe(`In mail@host, a.b tasks have no time limits but the pool's, ${soon}`);
  });
});

describe("describeRate", () => {
  it.each([
    ["1/h", "once an hour"],
    ["0.5/s", "0.5 times a second"],
    [2, "2 times a second"],
    ["0/m", null],
  ])("%j is %j", (rate, words) => {
    expect(describeRate(rate)).toBe(words);
  });
});

describe("isLostOnRestart", () => {
  it("is said of what lives in the worker's process", () => {
    expect(isLostOnRestart("rate-limit")).toBe(true);
    expect(isLostOnRestart("shutdown")).toBe(false);
  });
});
