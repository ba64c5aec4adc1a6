import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LivePause } from "@/components/live/live-pause";
import { TopicPace } from "@/components/live/topic-pace";
import type { Topic } from "@/lib/api/schemas/live";

describe("TopicPace", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function create(takesMs: number) {
    const pause = new LivePause();
    const refetched: { topics: readonly Topic[]; at: number }[] = [];
    const startedAt = Date.now();
    const refetch = (topics: readonly Topic[]) => {
      refetched.push({ topics, at: Date.now() - startedAt });
      return new Promise<void>((resolve) => setTimeout(resolve, takesMs));
    };
    const pace = new TopicPace({ restMs: 50, pause, refetch });
    return { pace, pause, refetched };
  }

  it("refetches at once, then gathers what moves until it has rested", async () => {
    const { pace, refetched } = create(10);
    pace.note(["tasks"]);
    await vi.advanceTimersByTimeAsync(5);
    pace.note(["queues"]);
    pace.note(["queues", "workers"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refetched).toEqual([
      { topics: ["tasks"], at: 0 },
      { topics: ["queues", "workers"], at: 60 },
    ]);
  });

  it("rests three times as long as a refetch took", async () => {
    const { pace, refetched } = create(400);
    pace.note(["tasks"]);
    await vi.advanceTimersByTimeAsync(500);
    pace.note(["tasks"]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(refetched.map(({ at }) => at)).toEqual([0, 1_600]);
  });

  it("holds while paused, and goes on after it", async () => {
    const { pace, pause, refetched } = create(10);
    pause.subscribe(() => pace.schedule());
    const letGo = pause.hold("3 tasks are selected");
    pace.note(["tasks"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refetched).toEqual([]);
    letGo();
    await vi.advanceTimersByTimeAsync(0);
    expect(refetched).toEqual([{ topics: ["tasks"], at: 1_000 }]);
  });

  it("goes on after a refetch that failed, and stops when told to", async () => {
    const pause = new LivePause();
    const refetch = vi.fn(() => Promise.reject(new Error("503")));
    const pace = new TopicPace({ restMs: 50, pause, refetch });
    pace.note(["tasks"]);
    await vi.advanceTimersByTimeAsync(0);
    pace.note(["tasks"]);
    await vi.advanceTimersByTimeAsync(50);
    expect(refetch).toHaveBeenCalledTimes(2);
    pace.note(["tasks"]);
    pace.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refetch).toHaveBeenCalledTimes(2);
  });
});
