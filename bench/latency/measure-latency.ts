import { setTimeout as delay } from "node:timers/promises";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startPostgresServer } from "@/tests/support/start-postgres-server";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { type Figure, type MeasuredPart, writeRate, writeRatio } from "../figures";
import { CELERIAC_KINDS } from "../ingest/celeriac-reader";
import type { ReaderKind } from "../ingest/event-reader";
import { FULL_RANGE, findHighestRate } from "../ingest/find-highest-rate";
import { FLOWER_KINDS } from "../ingest/flower-reader";
import { startPublisher } from "../ingest/publish-events";
import { writeMs } from "../time-requests";
import { LONGEST_MS } from "./give-up-late";
import { type IdleAndBusy, type MonitorFigures, measureMonitor } from "./measure-monitor";
import { type Monitor, startCeleriacMonitor, startFlowerMonitor } from "./monitor";
import { startBrowser } from "./start-browser";

const AMOUNT = { visibilityRate: 5_000, requests: 300, pageLoads: 30, probes: 60 };
/** Tasks that are there before anything is timed. */
const HISTORY_TASKS = 30_000;
const HISTORY_SETTLES_MS = 3_000;
/** Rates of the busy parts are multiples of it. */
const ROUND_RATE = 500;

/** How long answers take, idle and beside events, and how soon a task is to be seen. */
export async function measureLatency(): Promise<MeasuredPart> {
  const flower = await measure(FLOWER_KINDS[0], startFlowerMonitor);
  const [sqlite, postgresql] = CELERIAC_KINDS;
  const onSqlite = await measure(sqlite, startOnSqlite);
  const onPostgresql = await measure(postgresql, startOnPostgresql);
  return {
    title: "Answers beside events, and from event to screen",
    method:
      `95th percentiles. The list is the newest 50 tasks as JSON (${AMOUNT.requests} requests, one after the other), a page is the list of ` +
      `tasks in Chromium until it has its rows (${AMOUNT.pageLoads} loads); idle, and while events come at half the highest rate ` +
      `with which each keeps up, which is looked for first (Flower: ${writeRate(flower.busyRate)}). Until seen: ${AMOUNT.probes} tasks are published one at a time beside ` +
      `${AMOUNT.visibilityRate.toLocaleString("en-US")} events/s, and asked for by id every 20 ms, with no page open, or waited for in an open page that lists tasks of ` +
      "their name. Flower is 2.2.0; none of its pages brings its tasks up to date. Redis, batches of 24, all on one machine.",
    figures: [...compare({ ours: onSqlite, flower }), ...compare({ ours: onPostgresql, flower })],
  };
}

type StartMonitor = (brokerUrl: string) => Promise<Monitor>;

/** What was measured, and the events a second that were half of what it takes. */
interface Measured extends MonitorFigures {
  readonly name: string;
  readonly busyRate: number;
}

async function measure(kind: ReaderKind, start: StartMonitor): Promise<Measured> {
  const busyRate = await findBusyRate(kind);
  const figures = await measureBeside(busyRate, start);
  process.stderr.write(`${kind.name}, ${busyRate} events/s: ${JSON.stringify(figures)}\n`);
  return { name: kind.name, busyRate, ...figures };
}

/** Half of the highest rate with which it keeps up, in batches over Redis; half of the lowest where that is too much. */
async function findBusyRate(kind: ReaderKind): Promise<number> {
  const redis = await startRedisServer();
  try {
    const { eventsPerSecond } = await findHighestRate(kind, redis.url, { ...FULL_RANGE, isBatched: true });
    return Math.round((eventsPerSecond ?? FULL_RANGE.rates[0]) / 2 / ROUND_RATE) * ROUND_RATE;
  } finally {
    await redis.stop();
  }
}

async function measureBeside(busyRate: number, start: StartMonitor): Promise<MonitorFigures> {
  const redis = await startRedisServer();
  const browser = await startBrowser();
  const monitor = await start(redis.url);
  try {
    const history = await startPublisher({
      ...{ brokerUrl: redis.url, tasks: HISTORY_TASKS, isBatched: true, eventsPerSecond: 5_000 },
    });
    await history.publish();
    await delay(HISTORY_SETTLES_MS);
    return await measureMonitor(monitor, { brokerUrl: redis.url, browser, amount: { ...AMOUNT, busyRate } });
  } finally {
    await browser.close();
    await monitor.stop();
    await redis.stop();
  }
}

async function startOnSqlite(brokerUrl: string): Promise<Monitor> {
  const folder = makeTempFolder("bench");
  const monitor = await startCeleriacMonitor(brokerUrl, `file:${folder}/store.db`);
  return { ...monitor, stop: () => monitor.stop().finally(() => removeFolder(folder)) };
}

async function startOnPostgresql(brokerUrl: string): Promise<Monitor> {
  const postgres = await startPostgresServer();
  const monitor = await startCeleriacMonitor(brokerUrl, await postgres.createDatabase("store"));
  return { ...monitor, stop: () => monitor.stop().finally(() => postgres.stop()) };
}

function compare({ ours, flower }: { ours: Measured; flower: Measured }): readonly Figure[] {
  const { name, busyRate } = ours;
  const beside = `idle, and beside ${busyRate.toLocaleString("en-US")} events/s`;
  const both = ({ idle, busy }: IdleAndBusy) => `${writeTime(idle.p95)}, ${writeTime(busy.p95)}`;
  const growth = ({ idle, busy }: IdleAndBusy) => writeRatio(busy.p95, idle.p95);
  const idleAndBusy = (what: string, key: "list" | "page"): Figure => ({
    what: `${name}: ${what}, ${beside}`,
    celeriac: both(ours[key]),
    rival: both(flower[key]),
    ratio: `${growth(ours[key])} (Flower ${growth(flower[key])})`,
    goal: "2 ×",
  });
  return [
    idleAndBusy("the list", "list"),
    idleAndBusy("a page", "page"),
    {
      what: `${name}: until seen in the API`,
      celeriac: writeTime(ours.untilInApi.p95),
      rival: writeTime(flower.untilInApi.p95),
      ...{ ratio: null, goal: "250 ms" },
    },
    {
      what: `${name}: until seen on an open page`,
      celeriac: ours.untilOnPage === null ? "never" : writeTime(ours.untilOnPage.p95),
      ...{ rival: "never", ratio: null, goal: "500 ms" },
    },
  ];
}

function writeTime(ms: number): string {
  return ms >= LONGEST_MS ? `over ${writeMs(LONGEST_MS)}` : writeMs(ms);
}
