import { expect, test, vi } from "vitest";

// Next evaluates a module once for instrumentation, which opens broker and store, and once more for route handlers.
async function importTwice<Module>(load: () => Promise<Module>): Promise<[Module, Module]> {
  const first = await load();
  vi.resetModules();
  return [first, await load()];
}

test("a number that one copy of the module read is a number to the other", async () => {
  const [one, other] = await importTwice(() => import("@/lib/celery/wire-value"));
  expect(one.NumberText).not.toBe(other.NumberText);
  expect(new one.NumberText("1.0")).toBeInstanceOf(other.NumberText);
  for (const value of [{ text: "1.0" }, new Map(), [], "1.0", 1, null, undefined]) {
    expect(value instanceof other.NumberText).toBe(false);
  }
});

test("an error that one copy of the module threw is expected by the other", async () => {
  const [one, other] = await importTwice(() => import("@/lib/errors"));
  expect(new one.AppError("not_found", "There is none.")).toBeInstanceOf(other.AppError);
  expect(new Error("not_found") instanceof other.AppError).toBe(false);
});
