import { expect, it } from "vitest";
import { readRegisteredTasks } from "@/lib/celery/control/read-registered-tasks";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";

const NONE = { rateLimit: null, softTimeLimit: null, timeLimit: null };

it.each([
  ["a.b", { name: "a.b", ...NONE }],
  ["a.b [exchange=x routing_key=y]", { name: "a.b", ...NONE }],
  ["a.b [rate_limit=10/m]", { name: "a.b", ...NONE, rateLimit: "10/m" }],
  // A number is a rate a second, and 0 takes the limit away.
  ["a.b [rate_limit=2]", { name: "a.b", ...NONE, rateLimit: "2/s" }],
  ["a.b [rate_limit=1.50/h]", { name: "a.b", ...NONE, rateLimit: "1.5/h" }],
  ["a.b [rate_limit=0]", { name: "a.b", ...NONE }],
  ["a.b [rate_limit=0/m time_limit=30]", { name: "a.b", ...NONE, timeLimit: 30 }],
  [
    "a.b [exchange=x rate_limit=10/m time_limit=900 soft_time_limit=5.5]",
    { name: "a.b", rateLimit: "10/m", softTimeLimit: 5.5, timeLimit: 900 },
  ],
  ["a.b [soft_time_limit=850]", { name: "a.b", ...NONE, softTimeLimit: 850 }],
  // A routing key that looks like a limit does not stand at the end.
  ["a.b [routing_key=rate_limit=1 time_limit=3]", { name: "a.b", ...NONE, timeLimit: 3 }],
  ["with space", { name: "with space", ...NONE }],
])("reads %j", (entry, task) => {
  expect(read(JSON.stringify([entry, 5, null]))).toEqual([task]);
});

it("knows no task from what is no list", () => {
  expect(read('{"a": 1}')).toBeNull();
});

function read(json: string) {
  const parsed = parseWireJson(json);
  if (!parsed.ok) throw new Error(json);
  return readRegisteredTasks(parsed.value);
}
