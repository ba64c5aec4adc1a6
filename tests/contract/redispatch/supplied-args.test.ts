import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { DispatchStage } from "./dispatch-stage";

describe.each(["sqlite", "postgresql"] as const)("args that a person supplies, store on %s", (provider) => {
  let stage: DispatchStage;
  beforeAll(async () => {
    stage = await DispatchStage.open(provider);
  });
  afterAll(() => stage.close());

  test("supplied args are sent as written, and unblock a lossy task", async () => {
    const queue = stage.newQueue();
    const [lossy = "", ready = "", other = ""] = [
      ...(await stage.failTasks(1, { queue, args: "('abc...',)" })),
      ...(await stage.failTasks(2, { queue })),
    ];
    const { snapshot, summary } = await stage.preview([lossy, ready, other]);
    expect(summary.blocked).toEqual([{ reason: "lossy-args", count: 1, exampleIds: [lossy] }]);
    const id = await stage.start(snapshot, {
      overrides: [
        { id: lossy, args: "[1.00, 12345678901234567890]", kwargs: '{"a": "é"}' },
        { id: other, args: "[]", kwargs: '{"t": {"__type__": "unknown", "__value__": 1}}' },
      ],
    });
    stage.run();
    await stage.until(id, (batch) => batch.state === "done");
    const messages = await stage.readQueue(queue);
    expect(messages.map(({ args, kwargs }) => args && kwargs && writeWireJson([args, kwargs]))).toEqual([
      '[[1.00, 12345678901234567890], {"a": "é"}]',
      "[[0], {}]",
    ]);
    expect(await stage.get(id)).toMatchObject({ dispatched: 2, failed: 1 });
    expect(await stage.listReasons(id)).toEqual({
      [other]: "kwargs.t: workers cannot read this typed value and would drop the task",
    });
  });

  test.each([
    ["[1", "{}", "overrides.0.args: the JSON text ends early at character 2"],
    ["{}", "{}", "overrides.0.args: takes a JSON array"],
    ["[]", "[]", "overrides.0.kwargs: takes a JSON object"],
  ])("supplied args %s and kwargs %s are refused", async (args, kwargs, message) => {
    const [id = ""] = await stage.failTasks(1);
    const { snapshot } = await stage.preview([id]);
    const started = stage.start(snapshot, { overrides: [{ id, args, kwargs }] });
    await expect(started).rejects.toMatchObject({ code: "bad_request", message });
  });
});
