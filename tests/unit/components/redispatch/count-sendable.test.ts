import { describe, expect, it } from "vitest";
import { countSendable } from "@/components/redispatch/count-sendable";
import type { TaskRepair } from "@/components/redispatch/use-repairs";
import type { BlockReason, Preview } from "@/lib/api/schemas/redispatches";

describe("countSendable", () => {
  it("adds blocked tasks that were repaired, and takes off those that a patch can't change", () => {
    const tasks = [repair("lossy-args"), repair(null)];
    expect(countSendable(preview(["lossy-args"]), tasks, { refused: 3 })).toBe(98);
  });

  it("counts none twice that the preview has agreed to since, and none that other args don't help", () => {
    const tasks = [repair("typed-args"), repair("already-redispatched")];
    expect(countSendable(preview(["already-redispatched"]), tasks, { refused: 0 })).toBe(100);
  });
});

function repair(reason: BlockReason | null): TaskRepair {
  const texts = { args: "[]", kwargs: "{}" };
  return { id: "a", texts, json: texts, reason };
}

function preview(reasons: readonly BlockReason[]): Preview {
  return {
    snapshot: "s",
    total: 120,
    ready: 100,
    blocked: reasons.map((reason) => ({ reason, count: 20, exampleIds: [] })),
    byName: [],
    byQueue: [],
    byError: [],
    otherErrors: 0,
    warnings: [],
    sample: [],
  };
}
