import type { Page } from "@playwright/test";
import { expect } from "./stack/test";

const PHONE = { width: 390, height: 844 };

/** Shows the page on a phone's screen, where nothing may be wider than the screen. */
export async function expectToFitPhone(page: Page): Promise<void> {
  await page.setViewportSize(PHONE);
  const excess = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(excess).toBe(0);
}
