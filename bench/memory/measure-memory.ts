import { type Figure, type MeasuredPart, writeRatio } from "../figures";
import { CELERIAC_KINDS } from "../ingest/celeriac-reader";
import type { ReaderKind } from "../ingest/event-reader";
import { FLOWER_KINDS } from "../ingest/flower-reader";
import { BROKERS } from "../redispatch/start-bench-broker";
import { type Held, holdRate } from "./hold-rate";

/** What is held for how long: more than any machine so far took for minutes, so that each takes all that it can. */
const EVENTS_PER_SECOND = 40_000;
/** The store that takes more memory is held for an hour. */
const MINUTES: Readonly<Record<string, number>> = {
  "Celeriac, store on SQLite": 60,
  "Celeriac, store on PostgreSQL": 10,
};
/** The rate with which it keeps up; it keeps 10,000 tasks, and has what it will ever hold within minutes. */
const RIVAL = { eventsPerSecond: 5_000, minutes: 5 };

/** What the collector's process holds while it takes as many events as it can, for an hour. */
export async function measureMemory({
  minutes,
}: {
  readonly minutes: number | undefined;
}): Promise<MeasuredPart> {
  const [flower] = FLOWER_KINDS;
  const theirs = flower && (await hold(flower, RIVAL.eventsPerSecond, minutes ?? RIVAL.minutes));
  const figures: Figure[] = [];
  for (const kind of CELERIAC_KINDS) {
    const held = minutes ?? MINUTES[kind.name] ?? 1;
    const ours = await hold(kind, EVENTS_PER_SECOND, held);
    process.stderr.write(`${kind.name}: ${JSON.stringify(ours)}\n`);
    figures.push({
      what: `${kind.name}, ${held} min: ${describe(ours)}`,
      celeriac: writeMb(ours.maxRssMb),
      rival: theirs === undefined ? null : `${writeMb(theirs.maxRssMb)} (${describe(theirs)})`,
      ratio: theirs === undefined ? null : writeRatio(ours.maxRssMb, theirs.maxRssMb),
      goal: "400 MB",
    });
  }
  return {
    title: "Memory while taking in as much as it can",
    method:
      `The most that the process held (VmHWM) while ${EVENTS_PER_SECOND.toLocaleString("en-US")} events/s came in batches of 24 over Redis: more than this machine takes for long, ` +
      "so that Celeriac takes what it can, and drops and counts the rest. Celeriac's is the collector, with all tasks of the last gigabyte in its store; " +
      `Flower 2.2.0, which keeps 10,000 tasks in memory, got a rate with which it keeps up, for ${RIVAL.minutes} min.`,
    figures,
  };
}

async function hold(kind: ReaderKind, eventsPerSecond: number, minutes: number): Promise<Held> {
  const broker = await BROKERS.Redis?.();
  if (broker === undefined) throw new Error("there is no broker");
  try {
    return await holdRate(kind, broker.url, { eventsPerSecond, seconds: minutes * 60 });
  } finally {
    await broker.stop();
  }
}

function describe({ events, seconds, taken }: Held): string {
  const rate = Math.round(events / seconds / 100) * 100;
  return `${(events / 1e6).toFixed(1)} million events, ${rate.toLocaleString("en-US")}/s, ${(taken * 100).toFixed(2)} % taken in`;
}

function writeMb(mb: number): string {
  return `${mb.toFixed(0)} MB`;
}
