import { expect, test } from "vitest";
import { describeKeptRow } from "@/lib/history/describe-kept-row";
import { writeKeptRow } from "@/lib/history/kept-row-json";
import type { ResultRowDetail } from "@/lib/results/results";

const ROW: ResultRowDetail = {
  ...{ rowId: 7n, taskId: "a", status: "RETRY", name: "shop.pay", worker: "w@h", textLength: 40 },
  args: '"(12,)"',
  kwargs: `"{'token': 'x1y2', 'to': 'anna'}"`,
  ...{ contentType: "application/json", contentEncoding: "utf-8" },
  ...{ createdAt: null, startedAt: null, doneAt: 1_795_000_000_123_456n, periodicTaskName: null },
  result: '{"exc_type": "ConnectionError", "exc_message": ["refused token=x1y2"], "exc_module": "builtins"}',
  traceback: "Traceback (most recent call last):\nConnectionError: refused token=x1y2\n",
  error: null,
  meta: null,
};

test("a kept row shows what the table had, without secrets", () => {
  const kept = { taskId: "a", keptAt: 5, row: writeKeptRow(ROW) };
  const shown = describeKeptRow(kept, ["token"]);
  expect(shown).toMatchObject({
    ...{ at: 5, state: "RETRY", name: "shop.pay", worker: "w@h", args: "(12,)" },
    ...{ kwargs: "{'token': '***', 'to': 'anna'}", writtenAt: 1_795_000_000_123 },
    exception: expect.stringMatching(/^ConnectionError: refused token=/),
  });
  expect(JSON.stringify(shown)).not.toContain("x1y2");
  expect(describeKeptRow(kept, []).traceback).toBe(ROW.traceback);
});
