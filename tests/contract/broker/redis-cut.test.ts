import { execFileSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { findProgram } from "@/tests/support/find-program";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const CHANNEL = "/0.celeryev/task.received";
const MESSAGES = 400;
/** 40 MB in all: what the kernel holds for a connection is less by far. */
const MESSAGE = "x".repeat(100_000);

test("what Redis held for a subscriber that it cuts is known to be lost, and to be more than can be counted", async () => {
  const server = await startRedisServer({ args: ["--client-output-buffer-limit", "pubsub 1mb 0 0"] });
  onTestFinished(() => server.stop());
  const broker = openBroker({ url: server.url });
  onTestFinished(() => broker.close());
  const losses: [count: number, isMinimum: boolean][] = [];
  const unheard: number[] = [];
  const heard: number[] = [];
  await broker.subscribeEvents((body) => heard.push(body.length), new AbortController().signal, {
    onLost: (...loss) => losses.push(loss),
    heardUntil: Date.now(),
    onUnheard: (from, to) => unheard.push(to - from),
  });
  // It holds this process up until all is published: nobody reads meanwhile.
  publish(Array(MESSAGES).fill(MESSAGE));
  await waitFor(() => losses.length > 0);
  await waitFor(() => broker.getStatus().connected);
  expect(losses).toEqual([[0, true]]);
  const before = heard.length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(MESSAGES);

  // From the last that was read until it listens again: the first is that of the first subscription.
  await waitFor(() => unheard.length === 2);
  publish(["again"]);
  await waitFor(() => heard.length === before + 1);
  expect(losses).toHaveLength(1);

  function publish(messages: readonly string[]): void {
    const input = messages.map((message) => `PUBLISH ${CHANNEL} ${message}\n`).join("");
    execFileSync(findProgram("redis-cli") ?? "redis-cli", ["-p", String(server.port)], { input });
  }
});
