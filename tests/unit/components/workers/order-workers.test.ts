import { expect, it } from "vitest";
import { orderWorkers } from "@/components/workers/order-workers";
import { makeWorker } from "./make-worker";

it("puts those that went away last, the last heard of first", () => {
  const workers = [
    makeWorker({ hostname: "gone@b", status: "offline", lastHeartbeatAt: "2026-11-26T10:00:00.000Z" }),
    makeWorker({ hostname: "c@h" }),
    makeWorker({ hostname: "gone@a", status: "offline", lastHeartbeatAt: "2026-11-26T11:00:00.000Z" }),
    makeWorker({ hostname: "a@h" }),
    makeWorker({ hostname: "never@a", status: "offline", lastHeartbeatAt: null }),
  ];
  const names = (text: string) => orderWorkers(workers, text).map(({ hostname }) => hostname);
  expect(names("")).toEqual(["a@h", "c@h", "gone@a", "gone@b", "never@a"]);
  expect(names(" GONE")).toEqual(["gone@a", "gone@b"]);
});
