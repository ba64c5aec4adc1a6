import { type Browser, chromium } from "@playwright/test";
import playwrightConfig from "@/playwright.config";
import { ensureBrowser, findBrowser } from "@/tests/support/ensure-browser";

/** Starts Debian's Chromium, as the tests in a browser do. */
export async function startBrowser(): Promise<Browser> {
  await ensureBrowser();
  const executablePath = findBrowser() ?? undefined;
  return chromium.launch({ ...playwrightConfig.use?.launchOptions, executablePath });
}
