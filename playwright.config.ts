import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/support/ensure-browser";

const MINUTE_MS = 60_000;

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  globalSetup: "./tests/e2e/stack/global-setup.ts",
  // Each worker has a stack of its own, and runs whole files: they wait as often as they compute.
  workers: 3,
  // What waits longest begins, and needs no stack.
  projects: [
    { name: "outage", testMatch: "broker-outage.spec.ts" },
    { name: "stories", testIgnore: "broker-outage.spec.ts" },
  ],
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // What is waited for comes at once, but not where ten other programs want the processors.
  timeout: 3 * MINUTE_MS,
  expect: { timeout: 40_000 },
  reporter: [["list"], ["json"]],
  use: {
    // A zone with a 45-minute offset, as in the other tests.
    timezoneId: "Asia/Kathmandu",
    locale: "en-GB",
    // Axe must not see a colour halfway; and the beacon on each page, painted without a graphics card, keeps a processor busy.
    contextOptions: { reducedMotion: "reduce" },
    // A trace records each page of each test, passed or not; a failed one leaves a picture and the page's outline anyway.
    trace: process.env.CELERIAC_TRACE === "1" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findBrowser() ?? undefined,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
