import { expect, it } from "vitest";
import { canRevoke, canTerminate } from "@/components/task/task-moves";

it.each([
  ["PENDING", true, false],
  ["RECEIVED", true, false],
  ["RETRY", true, false],
  ["STARTED", true, true],
  ["PROGRESS", true, true],
  ["SUCCESS", false, false],
  ["FAILURE", false, false],
  ["REVOKED", false, false],
])("%s: revoke %s, terminate %s", (state, revoke, terminate) => {
  expect([canRevoke(state), canTerminate(state)]).toEqual([revoke, terminate]);
});
