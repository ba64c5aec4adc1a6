import { type MeasuredPart, writeRatio } from "../figures";
import { CELERIAC_KINDS } from "../ingest/celeriac-reader";
import type { ReaderKind } from "../ingest/event-reader";
import { FLOWER_KINDS } from "../ingest/flower-reader";
import { BROKERS } from "../redispatch/start-bench-broker";
import { type Held, holdRate } from "./hold-rate";

/** More than any machine so far took for minutes, so that each takes all that it can. */
const EVENTS_PER_SECOND = 40_000;
/** A rate with which it keeps up on most machines; it keeps 10,000 tasks, and has what it will ever hold within minutes. */
const RIVAL = { eventsPerSecond: 5_000, minutes: 5 };

interface MemoryOptions {
  readonly minutes?: number | undefined;
}

type MeasureMemory = (options: MemoryOptions) => Promise<MeasuredPart>;

/** As long as the whole benchmark can wait for; `--minutes 60` holds it for an hour. */
const MINUTES = 10;

/** What the collector's process holds while it takes as many events as it can. */
export const MEMORY_PARTS = {
  "memory-sqlite": ({ minutes = MINUTES }) => measureMemory("Celeriac, store on SQLite", minutes),
  "memory-postgresql": ({ minutes = MINUTES }) => measureMemory("Celeriac, store on PostgreSQL", minutes),
} satisfies Record<string, MeasureMemory>;

async function measureMemory(name: string, minutes: number): Promise<MeasuredPart> {
  const kind = CELERIAC_KINDS.find((one) => one.name === name);
  const [flower] = FLOWER_KINDS;
  if (kind === undefined) throw new Error(`there is no reader ${name}`);
  const theirMinutes = Math.min(minutes, RIVAL.minutes);
  const theirs = await hold(flower, RIVAL.eventsPerSecond, theirMinutes);
  const ours = await hold(kind, EVENTS_PER_SECOND, minutes);
  return {
    title: `Memory while taking in as much as it can: ${name}`,
    method:
      `The most that the process held (VmHWM) while ${EVENTS_PER_SECOND.toLocaleString("en-US")} events/s came in batches of 24 over Redis for ${minutes} min: ` +
      "more than this machine takes for long, so that Celeriac takes what it can, and drops and counts the rest. Celeriac's is the collector, with all " +
      `tasks of the last gigabyte in its store; ${flower.name}, which keeps 10,000 tasks in memory, got less, for ${theirMinutes} min; where it no longer answers, nothing counts as taken in.`,
    figures: [
      {
        what: `Celeriac: ${describe(ours)}; instead: ${describe(theirs)}`,
        celeriac: writeMb(ours.maxRssMb),
        rival: writeMb(theirs.maxRssMb),
        ratio: writeRatio(ours.maxRssMb, theirs.maxRssMb),
        goal: "400 MB",
      },
    ],
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
