import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "@/tests/support/wait-for";
import { FAILED, TASK } from "./failed-tasks";
import { sentOf } from "./redispatch-failed";
import { RetryStage } from "./retry-stage";

describe("a collector that is killed in the middle of a batch", () => {
  const MANY = 240;
  let stage: RetryStage;
  beforeAll(async () => {
    stage = await RetryStage.open("newest");
  });
  afterAll(() => stage?.close());

  test("is replaced, and each new task is received exactly once", async () => {
    stage.project.setOutage(true);
    await stage.project.send(
      Array.from({ length: MANY }, (_, index) => ({ task: TASK, args: `(${index},)` })),
    );
    await waitFor(async () => (await stage.countTasks(FAILED)) === MANY, {
      timeoutMs: 120_000,
      what: "the failures",
    });
    stage.project.setOutage(false);
    const preview = await stage.preview(FAILED);
    const id = await stage.create(FAILED, preview.snapshot, { ratePerSecond: 100 });
    for (const reached of [50, 130]) {
      await stage.until(id, (batch) => batch.dispatched >= reached);
      await stage.killCollector();
    }
    await stage.until(id, ({ state, outcomes }) => state === "done" && outcomes.succeeded === MANY, 120_000);
    const items = await stage.listItems(id);
    expect(sentOf(items)).toHaveLength(MANY);
    const received = stage.project
      .listRecordedCalls()
      .slice(MANY)
      .map((call) => call.id);
    expect(received.toSorted()).toEqual(items.map((item) => item.newId).toSorted());
  });
});
