import { execFileSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { findProgram } from "@/tests/support/find-program";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const CHANNEL = "/0.celeryev/task.received";
const MESSAGES = 120;
/** 12 MB in all: what the kernel holds for a connection that nobody reads is less. */
const MESSAGE = "x".repeat(100_000);

test("what Redis held for a subscriber that it cuts is known to be lost", async () => {
  const server = await startRedisServer({ args: ["--client-output-buffer-limit", "pubsub 1mb 0 0"] });
  onTestFinished(() => server.stop());
  const broker = openBroker({ url: server.url });
  onTestFinished(() => broker.close());
  const unheard: { readonly from: number; readonly to: number; readonly isBusy: boolean }[] = [];
  const heard: number[] = [];
  await broker.subscribeEvents((body) => heard.push(body.length), new AbortController().signal, {
    onUnheard: (from, to, isBusy) => unheard.push({ from, to, isBusy }),
  });
  // It holds this process up until all is published: nobody reads meanwhile.
  publish(Array(MESSAGES).fill(MESSAGE));
  const readAgainAt = Date.now();
  await waitFor(() => unheard.length > 0);
  const before = heard.length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(MESSAGES);
  expect(unheard).toEqual([{ from: expect.any(Number), to: expect.any(Number), isBusy: true }]);
  expect(unheard[0]?.from).toBeGreaterThanOrEqual(readAgainAt);

  publish(["again"]);
  await waitFor(() => heard.length === before + 1);
  expect(unheard).toHaveLength(1);

  function publish(messages: readonly string[]): void {
    const input = messages.map((message) => `PUBLISH ${CHANNEL} ${message}\n`).join("");
    execFileSync(findProgram("redis-cli") ?? "redis-cli", ["-p", String(server.port)], { input });
  }
});
