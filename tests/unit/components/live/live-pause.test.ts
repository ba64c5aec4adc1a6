import { describe, expect, it, vi } from "vitest";
import { LivePause } from "@/components/live/live-pause";

describe("LivePause", () => {
  it("holds until the last holder lets go, and lets go once a holder", () => {
    const pause = new LivePause();
    const letGoFirst = pause.hold("3 tasks are selected");
    const letGoSecond = pause.hold("paused by you");
    letGoFirst();
    letGoFirst();
    expect(pause.isHeld).toBe(true);
    expect(pause.reasons).toEqual(["paused by you"]);
    letGoSecond();
    expect(pause.isHeld).toBe(false);
  });

  it("tells its listeners, and keeps the array of reasons the same between changes", () => {
    const pause = new LivePause();
    const heard = vi.fn();
    const leave = pause.subscribe(heard);
    pause.hold("a");
    expect(pause.reasons).toBe(pause.reasons);
    expect(heard).toHaveBeenCalledTimes(1);
    leave();
    pause.hold("b");
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
