import { test as base } from "@playwright/test";
import { type CeleriacApi, createCeleriacApi } from "@/examples/demo/celeriac-api";
import { setOutage } from "@/examples/demo/outside-service";
import { sendBurst } from "@/examples/demo/shop-project";
import { getSharedStack } from "./shared-stack";

/** The running system around the page: what goes wrong in it, and what Celeriac's API says. */
export interface Stack {
  readonly api: CeleriacApi;
  /** Takes the outside service down (payments, mail, webhooks fail) or brings it back. */
  setOutage(down: boolean): Promise<void>;
  /** Sends `count` calls of the shop at once; the same seed makes the same calls. */
  sendBurst(count: number, seed: number): Promise<void>;
}

/** Playwright's test on the running stack: relative URLs are Celeriac's, and the outside service is up before each story. */
export const test = base.extend<{ stack: Stack }>({
  // Playwright reads the names of the fixtures that one needs from this pattern.
  // biome-ignore lint/correctness/noEmptyPattern: none is needed, and Playwright takes no other form
  baseURL: async ({}, use) => {
    await use(getSharedStack().url);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  stack: async ({}, use) => {
    const { url, outsideUrl, shop } = getSharedStack();
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
