import { expect, test } from "vitest";
import { checkPatches } from "@/lib/views/check-patches";
import { describeChanges } from "@/lib/views/describe-changes";

const REDACT = ["password", "token"];

test("changes are told in words, hidden values hidden", () => {
  const patch = {
    name: "shop.pay",
    rename: { amount: "total" },
    set: { currency: '"EUR"', db_password: '"hunter2"', options: '{"token": "x", "n": 1.0}' },
    remove: ["legacy", "old"],
  };
  expect(describeChanges({ patches: [patch], overrides: [{}, {}] }, REDACT)).toEqual([
    'shop.pay: amount renamed to total, currency set to "EUR", db_password set to ***, ' +
      'options set to {"token": "***", "n": 1.0}, legacy removed, old removed',
    "2 tasks with args supplied by hand",
  ]);
  expect(describeChanges({ patches: [], overrides: [] }, REDACT)).toEqual([]);
  const long = { ...patch, rename: {}, remove: [], set: { text: JSON.stringify("x".repeat(300)) } };
  expect(describeChanges({ patches: [long], overrides: [{}] }, [])).toEqual([
    `shop.pay: text set to "${"x".repeat(199)}…`,
    "1 task with args supplied by hand",
  ]);
});

test("a hidden kwarg may not get a name that isn't", () => {
  expect(() =>
    checkPatches([{ rename: { api_token: "token" } }, { rename: { a: "b" } }], REDACT),
  ).not.toThrow();
  expect(() => checkPatches([{ rename: { a: "password" } }], REDACT)).not.toThrow();
  expect(() => checkPatches([{ rename: { password: "pw" } }], REDACT)).toThrow(
    "patches: password is a hidden kwarg, and pw would show its value; add pw to CELERIAC_REDACT first",
  );
});
