import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { type Times, toTimes } from "../time-requests";
import { giveUpLate, LONGEST_MS } from "./give-up-late";
import type { Monitor } from "./monitor";
import type { Probe } from "./probe";

/** Often enough to measure by, and seldom enough not to be what the monitor is busy with. */
const POLL_EVERY_MS = 20;
/** When tasks have been waited for so long together, no more are published. */
const PATIENCE_MS = 40_000;
/** Between two probes, so that they fall at any moment of what the monitor does at intervals. */
const PAUSE_MS = 300;
/** How the page tells of tasks that it does not show yet. */
const NEW = /\+\d+.* new$/;

/**
 * From a task's publishing until the monitor's API knows it, again and again; stops early where that takes long. One that is not
 * known after 30 s is given up.
 */
export async function timeUntilInApi(monitor: Monitor, probe: Probe, probes: number): Promise<Times> {
  const times: number[] = [];
  for (let waited = 0; times.length < probes && waited < PATIENCE_MS; ) {
    const id = randomUUID();
    const publishedAt = await probe.publish(id);
    const took = (await waitForTask(monitor, id)) - publishedAt;
    times.push(took);
    waited += took;
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
async function waitForNew(page: Page): Promise<number> {
  // Nothing in it has a name of its own: tsx would have the page look names up that only Node has.
  const told = await page.waitForFunction(
    (pattern) =>
      [...document.querySelectorAll("button")].some(({ textContent }) =>
        new RegExp(pattern).test(textContent),
      ) && Date.now(),
    NEW.source,
    { polling: "raf", timeout: LONGEST_MS },
  );
  return Number(await told.jsonValue());
}

/** Epoch ms at which the monitor's API first knew the task, or at which it was given up. */
async function waitForTask(monitor: Monitor, id: string): Promise<number> {
  const giveUp = AbortSignal.timeout(LONGEST_MS);
  while (!giveUp.aborted && !(await knowsTask(monitor, id, giveUp).catch(giveUpLate))) {
    await delay(POLL_EVERY_MS);
  }
  return Date.now();
}

async function knowsTask({ name, taskUrl }: Monitor, id: string, signal: AbortSignal): Promise<boolean> {
  const answer = await fetch(taskUrl(id), { signal });
  const text = await answer.text();
  if (!answer.ok && answer.status !== 404) throw new Error(`${name} answered ${answer.status}: ${text}`);
  return answer.ok;
}
