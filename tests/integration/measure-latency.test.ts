import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { measureMonitor } from "@/bench/latency/measure-monitor";
import { type Monitor, startCeleriacMonitor, startFlowerMonitor } from "@/bench/latency/monitor";
import { startBrowser } from "@/bench/latency/start-browser";
import { ensureBuild } from "@/examples/demo/ensure-build";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";

// The short form of `npm run bench -- latency`: what it says of each monitor rests on as much as it should.
const AMOUNT = { busyRate: 300, visibilityRate: 300, requests: 5, pageLoads: 1, probes: 2 };
const folder = makeTempFolder("latency");
let redis: RedisServer;
let browser: Browser;
beforeAll(async () => {
  redis = await startRedisServer();
  browser = await startBrowser();
  await ensureBuild((line) => void process.stderr.write(`${line}\n`));
}, 600_000);
afterAll(async () => {
  await browser.close();
  await redis.stop();
  removeFolder(folder);
});

async function measure(monitor: Monitor) {
  try {
    return await measureMonitor(monitor, { brokerUrl: redis.url, browser, amount: AMOUNT });
  } finally {
    await monitor.stop();
  }
}

test("times answers, pages and the way of a task to the screen", async () => {
  const figures = await measure(await startCeleriacMonitor(redis.url, `file:${folder}/store.db`));
  const { list, page, untilInApi, untilOnPage, published } = figures;
  expect([list.idle, list.busy].map(({ requests }) => requests)).toEqual([5, 5]);
  expect([page.idle, page.busy].map(({ requests }) => requests)).toEqual([1, 1]);
  expect(untilInApi.requests).toBe(2);
  expect(untilOnPage?.requests).toBe(2);
  expect(published.every(({ events, ends }) => events > 0 && ends > 0)).toBe(true);
});

test("times Flower, which has no page that brings itself up to date", async () => {
  const { list, page, untilInApi, untilOnPage } = await measure(await startFlowerMonitor(redis.url));
  expect([list.busy, page.busy, untilInApi].map(({ requests }) => requests)).toEqual([5, 1, 2]);
  expect(untilOnPage).toBeNull();
});
