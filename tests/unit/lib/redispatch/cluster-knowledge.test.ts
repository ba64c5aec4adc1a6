import { expect, test } from "vitest";
import { describeCluster } from "@/lib/redispatch/cluster-knowledge";
import { makeWorker, NOW } from "./make-worker";

const OFFLINE = { announced: "silent" } as const;

test("without workers nothing is known", () => {
  const cluster = describeCluster([], NOW);
  expect(cluster).toMatchObject({
    onlineCount: 0,
    consumedQueues: null,
    registeredNames: null,
    readsTypedValues: false,
  });
  expect(cluster.acceptsJson("mail")).toBe(true);
});

test("queues and names are those of online workers", () => {
  const cluster = describeCluster(
    [
      makeWorker(),
      makeWorker({ hostname: "two@box" }, { queues: ["reports"], registered: ["shop.report"] }),
      makeWorker({ hostname: "old@box", ...OFFLINE }, { queues: ["old"], registered: ["old.task"] }),
    ],
    NOW,
  );
  expect(cluster.onlineCount).toBe(2);
  expect(cluster.consumedQueues).toEqual(new Set(["mail", "reports"]));
  expect(cluster.registeredNames).toEqual(new Set(["shop.mail.send", "shop.report"]));
  expect(cluster.workerQueues.get("old@box")).toEqual(["old"]);
});

test("one silent worker may register any name", () => {
  const cluster = describeCluster([makeWorker(), makeWorker({ hostname: "mute@box" }, null)], NOW);
  expect(cluster.registeredNames).toBeNull();
  expect(cluster.consumedQueues).toEqual(new Set(["mail"]));
});

test.each([
  ["5.3.0", true],
  ["5.10.1", true],
  ["6.0.0rc1", true],
  ["5.2.6", false],
  ["4.4.7", false],
  [null, false],
])("Celery %s reads typed values: %j", (softwareVersion, expected) => {
  const workers = [makeWorker(), makeWorker({ hostname: "two@box", softwareVersion })];
  expect(describeCluster(workers, NOW).readsTypedValues).toBe(expected);
});

test("an offline worker's version doesn't count", () => {
  const workers = [makeWorker(), makeWorker({ hostname: "old@box", softwareVersion: "4.4.7", ...OFFLINE })];
  expect(describeCluster(workers, NOW).readsTypedValues).toBe(true);
});

test("a worker that takes pickle only blocks its queues", () => {
  const pickle = makeWorker({ hostname: "p@box" }, { acceptContent: ["pickle"], queues: ["old"] });
  const cluster = describeCluster([makeWorker(), pickle], NOW);
  expect(cluster.acceptsJson("mail")).toBe(true);
  expect(cluster.acceptsJson("old")).toBe(false);
  const full = makeWorker(
    { hostname: "p@box" },
    { acceptContent: ["pickle", "application/json"], queues: ["old"] },
  );
  expect(describeCluster([full], NOW).acceptsJson("old")).toBe(true);
});

test("of a worker without JSON whose queues are unknown, any may be consumed", () => {
  const pickle = makeWorker({}, { acceptContent: ["pickle"], queues: null });
  expect(describeCluster([pickle], NOW).acceptsJson("mail")).toBe(false);
  expect(describeCluster([makeWorker({}, { acceptContent: null })], NOW).acceptsJson("mail")).toBe(true);
});
