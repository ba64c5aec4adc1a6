import { describe, expect, it } from "vitest";
import { joinHistories } from "@/components/overview/join-histories";
import type { QueueHistory } from "@/lib/api/schemas/queues";

describe("joinHistories", () => {
  it("takes at each moment what each queue last showed, and null before its first sample", () => {
    const mail = history([0, 5], [10, 6], [20, 7]);
    const billing = history([12, 1], [19, 2]);
    expect(joinHistories(["mail", "billing"], [mail, billing])).toEqual([
      { at: 0, values: { mail: 5, billing: null } },
      { at: 10_000, values: { mail: 6, billing: null } },
      { at: 20_000, values: { mail: 7, billing: 2 } },
    ]);
  });

  it("has no moment without a history", () => {
    expect(joinHistories(["mail"], [[]])).toEqual([]);
  });
});

function history(...samples: [second: number, depth: number][]): QueueHistory["points"] {
  return samples.map(([second, depth]) => ({
    at: new Date(second * 1000).toISOString(),
    depth,
    unacked: null,
    oldestWaitingSeconds: null,
  }));
}
