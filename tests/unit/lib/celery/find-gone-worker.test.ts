import { describe, expect, test } from "vitest";
import { findGoneWorker } from "@/lib/celery/find-gone-worker";
import { createWorkerRecord } from "@/lib/celery/worker-record";

const NOW = 1_795_000_000_000;
const online = createWorkerRecord("w@box", NOW - 1_000);
const task = { worker: "w@box", receivedAt: NOW - 9_000, startedAt: NOW - 8_000, stateAt: NOW - 8_000 };

describe("findGoneWorker", () => {
  test("a worker that is there is at work on what it took", () => {
    expect(findGoneWorker(task, online, NOW)).toBeNull();
    expect(findGoneWorker(task, { ...online, bornAt: NOW - 9_001 }, NOW)).toBeNull();
  });

  test("one that fell silent is gone since it was last heard of", () => {
    expect(findGoneWorker(task, { ...online, announced: "silent" }, NOW)).toEqual({
      how: "died",
      at: NOW - 1_000,
    });
  });

  test("one that said goodbye has a minute to end what it runs", () => {
    const left = { ...online, announced: "offline" as const };
    expect(findGoneWorker(task, left, NOW + 59_000)).toBeNull();
    expect(findGoneWorker(task, left, NOW + 59_001)).toEqual({ how: "left", at: NOW - 1_000 });
  });

  test("another process of that name has taken nothing before it began, by its own clock", () => {
    const born = { ...online, bornAt: NOW - 5_000, clockAheadMs: 3_000 };
    expect(findGoneWorker(task, born, NOW)).toEqual({ how: "restarted", at: NOW - 8_000 });
    expect(findGoneWorker({ ...task, receivedAt: null }, born, NOW)?.how).toBe("restarted");
    expect(findGoneWorker({ ...task, receivedAt: NOW - 4_000 }, born, NOW)).toBeNull();
  });

  test("one that is not known any more is gone; a task without a worker is nobody's", () => {
    expect(findGoneWorker(task, undefined, NOW)).toEqual({ how: "forgotten", at: null });
    expect(findGoneWorker({ ...task, worker: null }, undefined, NOW)).toBeNull();
  });
});
