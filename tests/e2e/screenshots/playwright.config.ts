import { defineConfig } from "@playwright/test";
import base from "../../../playwright.config";

/** Writes docs/screenshots; run by hand: `npx playwright test -c tests/e2e/screenshots/playwright.config.ts`. */
export default defineConfig({
  ...base,
  testDir: ".",
  testMatch: "take-screenshots.ts",
  outputDir: "../../../test-results",
  globalSetup: "../stack/global-setup.ts",
  reporter: "list",
  timeout: 5 * 60_000,
});
