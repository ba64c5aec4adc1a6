import { defineConfig } from "@playwright/test";
import { findProgram } from "./tests/support/find-program";

const MINUTE_MS = 60_000;

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  globalSetup: "./tests/e2e/stack/global-setup.ts",
  // Each worker has a stack of its own, and runs whole files.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  timeout: 2 * MINUTE_MS,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  use: {
    // A zone with a 45-minute offset, as in the other tests.
    timezoneId: "Asia/Kathmandu",
    locale: "en-GB",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findProgram("chromium") ?? undefined,
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
