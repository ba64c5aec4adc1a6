import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LivePause } from "@/components/live/live-pause";
import { TopicPace } from "@/components/live/topic-pace";

describe("TopicPace", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function create(takesMs: number) {
    const pause = new LivePause();
    const refetched: number[] = [];
    const startedAt = Date.now();
    const refetch = () => {
      refetched.push(Date.now() - startedAt);
      return new Promise<void>((resolve) => setTimeout(resolve, takesMs));
    };
    const pace = new TopicPace({ restMs: 50, pause, refetch });
    return { pace, pause, refetched };
  }

  it("refetches at once, then once for all that moves until it has rested", async () => {
    const { pace, refetched } = create(10);
    pace.note();
    await vi.advanceTimersByTimeAsync(5);
    pace.note();
    pace.note();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refetched).toEqual([0, 60]);
  });

  it("rests as long as a refetch took", async () => {
    const { pace, refetched } = create(400);
    pace.note();
    await vi.advanceTimersByTimeAsync(500);
    pace.note();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(refetched).toEqual([0, 800]);
  });

  it("holds while paused, and goes on after it", async () => {
    const { pace, pause, refetched } = create(10);
    pause.subscribe(() => pace.schedule());
    const letGo = pause.hold("3 tasks are selected");
    pace.note();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refetched).toEqual([]);
    letGo();
    await vi.advanceTimersByTimeAsync(0);
    expect(refetched).toEqual([1_000]);
  });

  it("goes on after a refetch that failed, and stops when told to", async () => {
    const pause = new LivePause();
    const refetch = vi.fn(() => Promise.reject(new Error("503")));
    const pace = new TopicPace({ restMs: 50, pause, refetch });
    pace.note();
    await vi.advanceTimersByTimeAsync(0);
    pace.note();
    await vi.advanceTimersByTimeAsync(50);
    expect(refetch).toHaveBeenCalledTimes(2);
    pace.note();
    pace.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refetch).toHaveBeenCalledTimes(2);
  });
});
