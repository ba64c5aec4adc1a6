import { describe, expect, it } from "vitest";
import { listPhases } from "@/components/task/lifetime";

const NOW = Date.parse("2026-11-23T10:01:00Z");
const at = (seconds: number) => new Date(Date.parse("2026-11-23T10:00:00Z") + seconds * 1000).toISOString();
const nothing = { sentAt: null, receivedAt: null, startedAt: null, finishedAt: null, runtimeSeconds: null };

describe("listPhases", () => {
  it("splits a finished task into its three waits", () => {
    const task = {
      ...nothing,
      state: "SUCCESS",
      sentAt: at(0),
      receivedAt: at(12),
      startedAt: at(14),
      finishedAt: at(20),
    };
    expect(show(task)).toEqual(["queue 12", "worker 2", "running 6"]);
  });

  it("counts the phase that lasts up to now", () => {
    const task = { ...nothing, state: "STARTED", sentAt: at(0), receivedAt: at(12), startedAt: at(14) };
    expect(show(task)).toEqual(["queue 12", "worker 2", "running 46…"]);
    expect(show({ ...nothing, state: "PENDING", sentAt: at(0) })).toEqual(["queue 60…"]);
  });

  it("takes the start of a row without one from its runtime", () => {
    expect(show({ ...nothing, state: "FAILURE", finishedAt: at(20), runtimeSeconds: 1.5 })).toEqual([
      "running 1.5",
    ]);
  });

  it("never shows a negative wait, and nothing where nothing is known", () => {
    expect(
      show({ ...nothing, state: "SUCCESS", sentAt: at(3), receivedAt: at(2), finishedAt: at(9) }),
    ).toEqual(["queue 0"]);
    expect(show({ ...nothing, state: "REVOKED", receivedAt: at(2) })).toEqual([]);
  });
});

function show(task: Parameters<typeof listPhases>[0]): string[] {
  return listPhases(task, NOW).map((phase) => `${phase.key} ${phase.seconds}${phase.isOpen ? "…" : ""}`);
}
