import { expect, it } from "vitest";
import { describeAction } from "@/components/activity/describe-action";
import { WORKER_COMMANDS } from "@/lib/api/schemas/control";

it.each([
  ["pool-grow", { n: 2 }, "Grew the pool by 2"],
  ["autoscale", { min: 1, max: 4 }, "Set autoscaling to 1–4"],
  ["add-consumer", { queue: "mail" }, "Added the queue mail"],
  ["rate-limit", { name: "a.b", rate: "10/m" }, "Limited a.b to 10 times a minute"],
  ["rate-limit", { name: "a.b", rate: 0 }, "Took the rate limit of a.b away"],
  ["time-limit", { name: "a.b", soft: 20, hard: null }, "Set the time limits of a.b: soft 20 s, hard none"],
  ["revoke", { terminate: true, signal: "KILL" }, "Terminated with SIGKILL"],
  ["revoke", { terminate: false, signal: "TERM" }, "Revoked"],
  ["purge", { depth: 1200 }, "Purged 1,200 messages"],
  ["purge", null, "Purged"],
  // An action of a newer Celeriac, or a name that every object has.
  ["make-tea", {}, "make tea"],
  ["constructor", {}, "constructor"],
])("%s of %j", (action, request, words) => {
  expect(describeAction({ action, request })).toBe(words);
});

it("has words for every command of a worker", () => {
  for (const action of Object.keys(WORKER_COMMANDS)) {
    expect(describeAction({ action, request: {} })).toMatch(/^[A-Z]/);
  }
});
