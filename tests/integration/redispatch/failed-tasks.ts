import { expect } from "vitest";
import type { BatchItem } from "@/lib/api/schemas/redispatches";
import type { RecordedCall } from "@/tests/support/create-test-project";
import { waitFor } from "@/tests/support/wait-for";
import { QUEUES, type RetryStage } from "./retry-stage";
import { makeVariedCalls, type VariedCall } from "./varied-calls";

/** The task that fails while there is an outage, and a filter for its failures. */
export const TASK = "test_project.tasks.flaky";
export const FAILED = { state: ["FAILURE"], name: [TASK] };
export const COUNT = 200;

/** 200 failed tasks, what each was called with, and what must become of it. */
export interface FailedTasks {
  readonly calls: ReadonlyMap<string, VariedCall>;
  readonly received: ReadonlyMap<string, RecordedCall>;
}

/** Has the worker fail 200 calls. */
export async function failTasks(stage: RetryStage, withBytes: boolean): Promise<FailedTasks> {
  stage.project.setOutage(true);
  const calls = makeVariedCalls(COUNT, { task: TASK, queues: QUEUES, withBytes });
  const ids = await stage.project.send(calls.map(({ call }) => call));
  await waitFor(async () => (await stage.countTasks(FAILED)) === COUNT, {
    timeoutMs: 60_000,
    what: "200 failed tasks",
  });
  const received = new Map(stage.project.listRecordedCalls().map((call) => [call.id, call]));
  expect(received.size).toBe(COUNT);
  stage.project.setOutage(false);
  return { calls: new Map(ids.map((id, index) => [id, calls[index] ?? fail(id)])), received };
}

/** Checks that the worker received each sent task once, exactly as the first time, under its new id. */
export function expectSameCalls(
  stage: RetryStage,
  { received }: FailedTasks,
  items: readonly BatchItem[],
): void {
  const all = stage.project.listRecordedCalls();
  for (const { originalId, newId } of items) {
    expect(newId).not.toBe(originalId);
    const first = received.get(originalId) ?? fail(originalId);
    const again = all.filter((call) => call.id === newId);
    expect(again).toEqual([{ ...first, id: newId, rootId: newId, parentId: null }]);
  }
}

function fail(what: string): never {
  throw new Error(`nothing is known of ${what}`);
}
