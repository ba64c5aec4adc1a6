import { test as base } from "@playwright/test";
import { type CeleriacApi, createCeleriacApi } from "@/examples/demo/celeriac-api";
import { setOutage } from "@/examples/demo/outside-service";
import { sendBurst } from "@/examples/demo/shop-project";
import type { Demo } from "@/examples/demo/start-demo";
import { startQuietDemo } from "./start-quiet-demo";

/** From nothing to a page that answers, on a busy machine. */
const START_MS = 180_000;

/** The running system around the page: what goes wrong in it, and what Celeriac's API says. */
export interface Stack {
  readonly api: CeleriacApi;
  /** Takes the outside service down (payments, mail, webhooks fail) or brings it back. */
  setOutage(down: boolean): Promise<void>;
  /** Sends `count` calls of the shop at once; the same seed makes the same calls. */
  sendBurst(count: number, seed: number): Promise<void>;
}

/**
 * Playwright's test on a running demo: relative URLs are Celeriac's, and the outside service is up before each story. Each of
 * Playwright's workers runs one story at a time on a demo of its own, so that a story which takes something down is alone.
 */
export const test = base.extend<{ stack: Stack }, { demo: Demo }>({
  demo: [
    // Playwright reads the names of the fixtures that one needs from this pattern.
    // biome-ignore lint/correctness/noEmptyPattern: none is needed, and Playwright takes no other form
    async ({}, use) => {
      const demo = await startQuietDemo();
      await use(demo);
      await demo.stop();
    },
    { scope: "worker", timeout: START_MS },
  ],
  baseURL: async ({ demo }, use) => {
    await use(demo.url);
  },
  stack: async ({ demo: { url, outsideUrl, shop } }, use) => {
    await setOutage(outsideUrl, false);
    await use({
      api: createCeleriacApi(url),
      setOutage: (down) => setOutage(outsideUrl, down),
      sendBurst: (count, seed) => sendBurst(shop, count, seed),
    });
    await setOutage(outsideUrl, false);
  },
});

export { expect } from "@playwright/test";
