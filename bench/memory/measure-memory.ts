import { type Figure, type MeasuredPart, writeRatio } from "../figures";
import { CELERIAC_KINDS } from "../ingest/celeriac-reader";
import type { ReaderKind } from "../ingest/event-reader";
import { FLOWER_KINDS } from "../ingest/flower-reader";
import { BROKERS } from "../redispatch/start-bench-broker";
import { type Held, holdRate } from "./hold-rate";

/** The highest rates with which each kept up on the slowest machine so far (`npm run bench -- ingest`), in batches over Redis. */
const RATES: Readonly<Record<string, number>> = {
  "Celeriac, store on SQLite": 20_000,
  "Celeriac, store on PostgreSQL": 20_000,
  "Flower 2.2.0": 5_000,
};
const MINUTES = 60;
/** Flower keeps 10,000 tasks: it has what it will ever hold by then. */
const MOST_RIVAL_MINUTES = 5;

/** What the collector's process holds at its highest rate, for an hour. */
export async function measureMemory({
  minutes = MINUTES,
}: {
  readonly minutes: number | undefined;
}): Promise<MeasuredPart> {
  const [flower] = FLOWER_KINDS;
  const theirs = flower && (await hold(flower, Math.min(minutes, MOST_RIVAL_MINUTES)));
  const figures: Figure[] = [];
  for (const kind of CELERIAC_KINDS) {
    const ours = await hold(kind, minutes);
    figures.push({
      what: `${kind.name}, ${minutes} min: ${describe(ours)}`,
      celeriac: writeMb(ours.maxRssMb),
      rival: theirs === undefined ? null : `${writeMb(theirs.maxRssMb)} (${describe(theirs)})`,
      ratio: theirs === undefined ? null : writeRatio(ours.maxRssMb, theirs.maxRssMb),
      goal: "400 MB",
    });
  }
  return {
    title: "Memory at the highest rate",
    method:
      `The most that the process held (VmHWM) while events came in batches of 24 over Redis at the highest rate with which it keeps up. ` +
      `Celeriac's is the collector, with all tasks of the last gigabyte in its store; Flower 2.2.0, which keeps 10,000 tasks in memory, got ` +
      `its own highest rate, for ${MOST_RIVAL_MINUTES} min.`,
    figures,
  };
}

async function hold(kind: ReaderKind, minutes: number): Promise<Held> {
  const broker = await BROKERS.Redis?.();
  if (broker === undefined) throw new Error("there is no broker");
  try {
    const eventsPerSecond = RATES[kind.name] ?? 1_000;
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
