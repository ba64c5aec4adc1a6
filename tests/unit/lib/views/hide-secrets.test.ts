import { expect, test } from "vitest";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { hideSecrets } from "@/lib/views/hide-secrets";
import { toPlainJson } from "@/lib/views/to-plain-json";

function hide(json: string): unknown {
  const parsed = parseWireJson(json);
  if (!parsed.ok) throw new Error(json);
  return toPlainJson(hideSecrets(parsed.value, ["token", "password"]));
}

test("hides arguments by name, sent as values or as text", () => {
  expect(hide('[{"name": "a.b", "kwargs": {"user": "x", "api_token": "s3"}}]')).toEqual([
    { name: "a.b", kwargs: { user: "x", api_token: "********" } },
  ]);
  const [task] = hide(`[{"name": "a.b", "kwargs": "{'user': 'x', 'password': 's3'}"}]`) as [
    { kwargs: string },
  ];
  expect(task.kwargs).toContain("'user': 'x'");
  expect(task.kwargs).not.toContain("s3");
});

test("hides passwords within URLs", () => {
  expect(JSON.stringify(hide('{"broker": {"alternates": ["redis://:s3@h/0"]}}'))).not.toContain("s3");
});

test("keeps integers that JavaScript can't hold, and NaN, as text", () => {
  expect(hide("[9007199254740993, 1.5, NaN, 3]")).toEqual(["9007199254740993", 1.5, "NaN", 3]);
});
