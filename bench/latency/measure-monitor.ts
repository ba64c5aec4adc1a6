import type { Browser } from "@playwright/test";
import type { PublishedEvents } from "../ingest/publish-process";
import { type Times, timeRequests } from "../time-requests";
import { giveUpLate, LONGEST_MS } from "./give-up-late";
import type { Monitor } from "./monitor";
import { openProbe, PROBE_NAME } from "./probe";
import { timeUntilInApi, timeUntilOnPage } from "./time-visibility";
import { withLoad } from "./with-load";

/** How much is done of each. */
export interface Amount {
  /** Events a second beside which requests and page loads are timed. */
  readonly busyRate: number;
  /** Events a second beside which tasks are waited for. */
  readonly visibilityRate: number;
  readonly requests: number;
  readonly pageLoads: number;
  readonly probes: number;
}

/** Times on an idle monitor and beside events. */
export interface IdleAndBusy {
  readonly idle: Times;
  readonly busy: Times;
}

export interface MonitorFigures {
  readonly list: IdleAndBusy;
  readonly page: IdleAndBusy;
  /** From publishing to the API's answer. */
  readonly untilInApi: Times;
  /** From publishing to an open page; null where no page brings itself up to date. */
  readonly untilOnPage: Times | null;
  /** All that was published in the course of it, probes aside. */
  readonly published: readonly PublishedEvents[];
}

/** Measures a monitor at work on a broker that is a Redis. */
export async function measureMonitor(
  monitor: Monitor,
  { brokerUrl, browser, amount }: { brokerUrl: string; browser: Browser; amount: Amount },
): Promise<MonitorFigures> {
  const probe = openProbe(brokerUrl);
  const page = await browser.newPage();
  const load = (eventsPerSecond: number) => ({ brokerUrl, eventsPerSecond, isBatched: true });
  const list = () => fetchOk(monitor.listUrl).catch(giveUpLate);
  page.setDefaultTimeout(LONGEST_MS);
  const openPage = async () => {
    await page.goto(monitor.pageUrl);
    await page.locator("tbody td").first().waitFor();
  };
  const open = () => openPage().catch(giveUpLate);
  const closePage = () => page.goto("about:blank");
  const timeBoth = async () => {
    // A page that is open would bring itself up to date meanwhile.
    await closePage();
    return {
      list: await timeRequests(list, amount.requests),
      page: await timeRequests(open, amount.pageLoads),
    };
  };
  try {
    // What is called for the first time takes longer everywhere, and there is to be a task to show.
    await timeUntilInApi(monitor, probe, 1);
    await list();
    await open();
    const idle = await timeBoth();
    const busy = await withLoad(load(amount.busyRate), timeBoth);
    // What an earlier part has left is taken in first.
    await timeUntilInApi(monitor, probe, 1);
    await closePage();
    const visible = await withLoad(load(amount.visibilityRate), async () => {
      const untilInApi = await timeUntilInApi(monitor, probe, amount.probes);
      const url = monitor.livePageUrl(PROBE_NAME);
      const onPage = { probe, page, probes: amount.probes };
      return { untilInApi, untilOnPage: url === null ? null : await timeUntilOnPage(url, onPage) };
    });
    return {
      list: { idle: idle.list, busy: busy.made.list },
      page: { idle: idle.page, busy: busy.made.page },
      ...visible.made,
      published: [busy.published, visible.published],
    };
  } finally {
    probe.close();
    await page.close();
  }
}

async function fetchOk(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(LONGEST_MS) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}
