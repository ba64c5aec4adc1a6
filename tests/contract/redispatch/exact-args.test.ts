import { afterAll, beforeAll, expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { getTaskHistory } from "@/lib/history/get-task-history";
import { saveCapturedArgs } from "@/lib/store/captured-args";
import { DispatchStage } from "./dispatch-stage";

const LONG = "x".repeat(2_000);
const CUT = `('${"x".repeat(1_000)}...', ...`;

let stage: DispatchStage;

beforeAll(async () => {
  stage = await DispatchStage.open("sqlite");
});
afterAll(() => stage?.close());

function capture(taskId: string, args: string, name = "shop.mail.send") {
  return saveCapturedArgs(stage.store, [{ taskId, name, args, kwargs: "{}" }], Date.now());
}

test("a task whose text was cut is sent with the args that its worker told", async () => {
  const [known = "", unknown = ""] = await stage.failTasks(2, {
    args: CUT,
    kwargs: "{}",
    name: "shop.mail.send",
  });
  await capture(known, `["${LONG}", 2]`);
  const { summary, snapshot } = await stage.preview([known, unknown]);
  expect(summary).toMatchObject({ total: 2, ready: 1 });
  expect(summary.blocked).toMatchObject([{ reason: "lossy-args", count: 1, exampleIds: [unknown] }]);
  expect(summary.sample).toMatchObject([{ id: known, argsClass: "exact", argsFrom: "captured" }]);
  const id = await stage.start(snapshot, { queue: "exact" });
  stage.run();
  await stage.until(id, (batch) => batch.state === "done");
  const [message] = await stage.readQueue("exact");
  expect(message?.args && writeWireJson(message.args)).toBe(`["${LONG}", 2]`);
});

test("args that contradict the text, or are of another task, are not sent", async () => {
  const [other = "", renamed = ""] = await stage.failTasks(2, {
    args: CUT,
    kwargs: "{}",
    name: "shop.mail.send",
  });
  await capture(other, '["y", 2]');
  await capture(renamed, `["${LONG}", 2]`, "shop.other");
  const { summary } = await stage.preview([other, renamed]);
  expect(summary.blocked).toMatchObject([{ reason: "lossy-args", count: 2 }]);
  const sources = { store: stage.store, results: null };
  expect(await getTaskHistory(sources, other, [])).toMatchObject({
    ...{ argsClass: "lossy", argsFrom: "events", args: CUT },
    argsReason: expect.stringMatching(/the worker that held the task has values that differ from this text$/),
  });
});

test("the task's page shows the exact args and where they are from, secrets hidden", async () => {
  const [id = ""] = await stage.failTasks(1, {
    args: "()",
    kwargs: `{'password': 'p', 'text': '${"x".repeat(900)}...', ...}`,
  });
  await saveCapturedArgs(
    stage.store,
    [{ taskId: id, name: null, args: "[]", kwargs: `{"password": "p", "text": "${LONG}"}` }],
    1,
  );
  const task = await getTaskHistory({ store: stage.store, results: null }, id, ["password"]);
  expect(task).toMatchObject({
    ...{ argsClass: "exact", argsFrom: "captured", argsReason: null },
    kwargs: `{"password": "***", "text": "${LONG}"}`,
  });
});
