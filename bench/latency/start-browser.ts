import { type Browser, chromium } from "@playwright/test";
import playwrightConfig from "@/playwright.config";
import { ensureDebianPackages } from "@/tests/support/ensure-debian-packages";
import { findProgram } from "@/tests/support/find-program";

/** Starts Debian's Chromium, as the tests in a browser do. */
export async function startBrowser(): Promise<Browser> {
  await ensureDebianPackages(["chromium"]);
  const executablePath = findProgram("chromium") ?? undefined;
  return chromium.launch({ ...playwrightConfig.use?.launchOptions, executablePath });
}
