import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { type Times, toTimes } from "../time-requests";
import type { Monitor } from "./monitor";
import type { Probe } from "./probe";

const POLL_EVERY_MS = 5;
const LONGEST_MS = 30_000;
/** Between two probes, so that they fall at any moment of what the monitor does at intervals. */
const PAUSE_MS = 300;
/** How the page tells of tasks that it does not show yet. */
const NEW = /\+\d+.* new$/;

/** From a task's publishing until the monitor's API knows it, again and again; rejects when a task does not come. */
export async function timeUntilInApi(monitor: Monitor, probe: Probe, probes: number): Promise<Times> {
  const times: number[] = [];
  for (let count = 0; count < probes; count++) {
    const id = randomUUID();
    const publishedAt = await probe.publish(id);
    times.push((await waitForTask(monitor, id)) - publishedAt);
    await delay(PAUSE_MS * Math.random());
  }
  return toTimes(times);
}

/**
 * From a task's publishing until the open page says that there is a new one ("+1 new"), which is then shown; rejects when a task
 * does not come.
 */
export async function timeUntilOnPage(
  url: string,
  { probe, page, probes }: { readonly probe: Probe; readonly page: Page; readonly probes: number },
): Promise<Times> {
  await page.goto(url);
  await page.locator("tbody a").first().waitFor();
  const times: number[] = [];
  // The first one is not counted: the stream may not be open yet.
  for (let count = 0; count <= probes; count++) {
    const id = randomUUID();
    const told = waitForNew(page);
    const publishedAt = await probe.publish(id);
    times.push((await told) - publishedAt);
    await page.getByRole("button", { name: NEW }).click();
    await page.locator(`tbody a[href*="${id}"]`).waitFor();
    await delay(PAUSE_MS * Math.random());
  }
  return toTimes(times.slice(1));
}

/** Epoch ms, by the page's clock, at which the page tells of a new task. */
function waitForNew(page: Page): Promise<number> {
  return page.evaluate(
    ([pattern, longestMs]) =>
      new Promise<number>((resolve, reject) => {
        const isNew = new RegExp(pattern);
        const look = () => {
          const buttons = [...document.querySelectorAll("button")];
          if (!buttons.some(({ textContent }) => isNew.test(textContent))) return;
          watch.disconnect();
          resolve(Date.now());
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(() => reject(new Error("the page tells of no new task")), longestMs);
        look();
      }),
    [NEW.source, LONGEST_MS] as const,
  );
}

/** Epoch ms at which the monitor's API first knew the task. */
async function waitForTask({ name, taskUrl }: Monitor, id: string): Promise<number> {
  const giveUpAt = Date.now() + LONGEST_MS;
  while (Date.now() < giveUpAt) {
    const answer = await fetch(taskUrl(id));
    const text = await answer.text();
    if (answer.ok) return Date.now();
    if (answer.status !== 404) throw new Error(`${name} answered ${answer.status}: ${text}`);
    await delay(POLL_EVERY_MS);
  }
  throw new Error(`${name} does not know the task ${id} after ${LONGEST_MS} ms`);
}
