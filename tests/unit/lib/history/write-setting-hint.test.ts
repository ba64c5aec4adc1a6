import { describe, expect, it } from "vitest";
import { writeSettingHint } from "@/lib/history/write-setting-hint";
import type { ResultRowDetail } from "@/lib/results/results";

const BARE: ResultRowDetail = {
  rowId: 1n,
  taskId: "t",
  status: "FAILURE",
  name: null,
  worker: null,
  args: null,
  kwargs: null,
  textLength: 0,
  contentType: "application/json",
  contentEncoding: "utf-8",
  createdAt: 0n,
  startedAt: 0n,
  doneAt: 0n,
  periodicTaskName: null,
  error: null,
  result: '{"exc_type": "ValueError"}',
  traceback: null,
  meta: null,
};

describe("writeSettingHint", () => {
  it("names result_extended for a row without anything", () => {
    expect(writeSettingHint(BARE, null)).toBe(
      "result_extended = True would store name, args, worker and traceback.",
    );
  });

  it("names task_track_started where the start is not known", () => {
    const row = { ...BARE, name: "n", args: '"()"', kwargs: '"{}"', worker: "w", startedAt: null };
    expect(writeSettingHint(row, null)).toBe("task_track_started = True would store when the task started.");
  });

  it.each<[string, Partial<ResultRowDetail>]>([
    ["all is there", { name: "n", args: '"()"', kwargs: '"{}"', worker: "w" }],
    ["Celery revoked it", { status: "REVOKED", startedAt: null }],
    ["no worker knew the task", { result: '{"exc_type": "NotRegistered", "exc_message": ["x"]}' }],
    ["it never ran", { name: "n", args: "[1]", kwargs: "{}", startedAt: null }],
    ["it has not ended", { status: "STARTED", startedAt: null }],
  ])("says nothing when %s", (_reason, part) => {
    expect(writeSettingHint({ ...BARE, ...part }, null)).toBeNull();
  });
});
