import { describe, expect, it } from "vitest";
import { mergeNewest } from "@/components/tasks/merge-newest";
import type { Task, TaskPage } from "@/lib/api/schemas/tasks";

describe("mergeNewest", () => {
  it("updates rows in place and only counts new ones", () => {
    const merged = mergeNewest([page("b:STARTED", "a:FAILURE")], page("c:STARTED", "b:SUCCESS"));
    expect(show(merged.rows)).toEqual(["b:SUCCESS", "a:FAILURE"]);
    expect(merged.newCount).toBe(1);
  });

  it("shows a row once that moved between two pages", () => {
    const merged = mergeNewest([page("c:SUCCESS", "b:SUCCESS"), page("b:SUCCESS", "a:SUCCESS")], undefined);
    expect(show(merged.rows)).toEqual(["c:SUCCESS", "b:SUCCESS", "a:SUCCESS"]);
    expect(merged.newCount).toBe(0);
  });
});

function page(...tasks: string[]): TaskPage {
  return { items: tasks.map(task), nextCursor: null, searchedBackTo: null, sortedSince: null, slow: null };
}

function task(text: string): Task {
  const [id = "", state = ""] = text.split(":");
  const none = { worker: null, queue: null, args: null, kwargs: null, retries: null, receivedAt: null };
  const never = {
    startedAt: null,
    finishedAt: null,
    runtimeSeconds: null,
    exception: null,
    redispatchedAs: null,
  };
  return { id, name: "t", state, argsClass: "unknown", ...none, ...never };
}

function show(tasks: readonly Task[]): string[] {
  return tasks.map(({ id, state }) => `${id}:${state}`);
}
