import { expect, test, vi } from "vitest";
import { integerOf } from "@/lib/celery/wire-fields";
import { NumberText } from "@/lib/celery/wire-value";
import { AppError } from "@/lib/errors";
import { errorResponse } from "@/lib/http/error-response";
import { createLogger } from "@/lib/logger";

/** Next evaluates a module once for instrumentation, which opens the broker, and once for the routes that use it. */
async function evaluateAgain<T>(load: () => Promise<T>): Promise<T> {
  vi.resetModules();
  return await load();
}

test("a number read by another copy of the module is a number here", async () => {
  const other = await evaluateAgain(() => import("@/lib/celery/wire-value"));
  expect(other.NumberText).not.toBe(NumberText);
  expect(integerOf(new other.NumberText("12"))).toBe(12);
});

test("an error thrown by another copy of the module keeps its code", async () => {
  const other = await evaluateAgain(() => import("@/lib/errors"));
  const error = new other.AppError("broker_unavailable", "The broker is away.");
  expect(error).toBeInstanceOf(AppError);
  const response = errorResponse(error, new Request("http://localhost/"), createLogger("test"));
  expect(response.status).toBe(503);
});

test.each([null, undefined, "12", 12, { text: "12" }, new Error("broker_unavailable")])(
  "%o is neither",
  (value) => {
    expect(value).not.toBeInstanceOf(NumberText);
    expect(value).not.toBeInstanceOf(AppError);
  },
);
