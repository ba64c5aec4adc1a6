import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TaskEvent } from "@/lib/celery/celery-event";
import {
  failed,
  OTHER_WORKER,
  progress,
  received,
  rejected,
  retried,
  sent,
  started,
  succeeded,
} from "./event-factory";
import { foldTaskEvents } from "./fold-task-events";

describe("foldTaskEvent, of events that arrive in disorder", () => {
  it("gives the same record for one attempt's events in any order and number", () => {
    const ends = [
      succeeded(1300),
      failed(1300),
      retried(1300),
      { ...progress(1300), eventType: "task-done" },
    ];
    const events = fc
      .constantFrom(...ends)
      .map((end) => [sent(990), received(1000), started(1010), progress(1100), end]);
    expectSameInAnyOrder(events);
  });

  it("gives the same record for a task that failed by rejecting itself", () => {
    const events = [received(1000), started(1010), failed(1300), rejected(1300)];
    expect(foldTaskEvents(events)).toMatchObject({ state: "FAILURE", attempts: [{ state: "FAILURE" }] });
    expectSameInAnyOrder(fc.constantFrom(events, [...events.slice(0, 3), rejected(1301)]));
  });

  it("gives the same record for the events of a retried task in any order and number", () => {
    expectSameInAnyOrder(
      fc
        .constantFrom(succeeded(5000, OTHER_WORKER), failed(5000, OTHER_WORKER))
        .map((end) => [
          ...[sent(990), received(1000), started(1010), sent(1290, { queue: "slow" }), retried(1300)],
          ...[
            received(2000, { retries: 1 }),
            started(2001),
            retried(2300, { exception: "OSError('twice')" }),
          ],
          ...[received(4000, { ...OTHER_WORKER, retries: 2 }), started(4001, OTHER_WORKER), end],
        ]),
    );
  });
});

/** Folds the events in order, then shuffled and with repetitions. */
function expectSameInAnyOrder(scenario: fc.Arbitrary<TaskEvent[]>): void {
  const shuffled = scenario.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc
        .tuple(fc.shuffledSubarray(events), fc.shuffledSubarray(events, { minLength: events.length }))
        .map(([some, all]) => [...some, ...all]),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([events, disordered]) => {
      expect(foldTaskEvents(disordered)).toEqual(foldTaskEvents(events));
    }),
    { numRuns: 1000 },
  );
}
