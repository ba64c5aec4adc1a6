import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COUNT, expectSameCalls, failTasks } from "./failed-tasks";
import { redispatch, sentOf } from "./redispatch-failed";
import { RetryStage } from "./retry-stage";

describe("tasks of protocol 1", () => {
  let stage: RetryStage;
  beforeAll(async () => {
    stage = await RetryStage.open("newest", { taskProtocol: 1 });
  });
  afterAll(() => stage?.close());

  test("arrive exactly as the first time, and none is blocked", async () => {
    const failed = await failTasks(stage, true);
    const { preview, items } = await redispatch(stage);
    expect(preview).toMatchObject({ total: COUNT, ready: COUNT, blocked: [] });
    expect(sentOf(items)).toHaveLength(COUNT);
    expectSameCalls(stage, failed, items);
  });
});
