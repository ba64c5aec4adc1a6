import { describe, expect, it } from "vitest";
import { BULK_ACTIONS } from "@/components/workers/bulk/bulk-actions";
import { findObjection } from "@/components/workers/bulk/find-objection";
import { makeWorker } from "../make-worker";

it("the button names verb and number", () => {
  expect(BULK_ACTIONS.map(({ confirm }) => confirm(3, ""))).toEqual([
    "Ping 3 workers",
    "Enable events on 3 workers",
    "Disable events on 3 workers",
    "Grow 3 pools",
    "Shrink 3 pools",
    "Add a queue to 3 workers",
    "Cancel a queue on 3 workers",
    "Shut down 3 workers",
  ]);
  const confirmOf = (command: string) => BULK_ACTIONS.find((action) => action.command === command)?.confirm;
  expect(confirmOf("pool-grow")?.(1, "2")).toBe("Grow 1 pool by 2");
  expect(confirmOf("cancel-consumer")?.(2, "mail")).toBe("Cancel mail on 2 workers");
});

describe("findObjection", () => {
  const workers = [
    makeWorker({ hostname: "big@h", concurrency: 8, queues: ["mail"] }),
    makeWorker({ hostname: "small@h", concurrency: 2, queues: ["celery"] }),
    makeWorker({ hostname: "odd@h", concurrency: null, queues: null }),
  ];

  it("keeps one process in every pool", () => {
    expect(findObjection("pool-shrink", "1", workers)).toBeNull();
    expect(findObjection("pool-shrink", "2", workers)).toBe("small@h has 2, and at least one has to stay.");
    expect(findObjection("pool-grow", "2", workers)).toBeNull();
  });

  it("cancels no queue that none of them consumes", () => {
    expect(findObjection("cancel-consumer", "mail", workers)).toBeNull();
    expect(findObjection("cancel-consumer", "other", workers)).toBe("None of them consumes it.");
    expect(findObjection("add-consumer", "other", workers)).toBeNull();
  });
});
