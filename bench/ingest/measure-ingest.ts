import { type Figure, type MeasuredPart, writeRate, writeRatio } from "../figures";
import { BROKERS } from "../redispatch/start-bench-broker";
import { CELERIAC_KINDS } from "./celeriac-reader";
import type { ReaderKind } from "./event-reader";
import { FULL_RANGE, findHighestRate, type HighestRate } from "./find-highest-rate";
import { FLOWER_KINDS } from "./flower-reader";
import { measureBursts } from "./measure-bursts";

/** Each burst is 100,000 events; what comes beside them is less than the slowest reader takes. */
const BURSTS = { bursts: 3, tasks: 33_000, eventsPerSecond: 2_000 };

/** How messages are filled. */
const FORMS = [
  { form: "batches of 24", isBatched: true },
  { form: "single events", isBatched: false },
];

/** The highest rate of events with which each reader keeps up, and what it keeps of a burst. */
export async function measureIngest(): Promise<MeasuredPart> {
  const figures: Figure[] = [];
  for (const broker of Object.keys(BROKERS)) {
    for (const { form, isBatched } of FORMS) {
      const rivals = await measureEach(FLOWER_KINDS, broker, isBatched);
      const ours = await measureEach(CELERIAC_KINDS, broker, isBatched);
      for (const [kind, { eventsPerSecond, maxRssMb }] of ours) {
        for (const [rival, theirs] of rivals) {
          figures.push({
            what: `${broker}, ${form}, ${kind.name} (${maxRssMb.toFixed(0)} MB) beside ${rival.name} (${theirs.maxRssMb.toFixed(0)} MB)`,
            celeriac: eventsPerSecond === null ? "none" : writeRate(eventsPerSecond),
            rival: theirs.eventsPerSecond === null ? "none" : writeRate(theirs.eventsPerSecond),
            ratio:
              eventsPerSecond === null || theirs.eventsPerSecond === null
                ? null
                : writeRatio(eventsPerSecond, theirs.eventsPerSecond),
            goal: "2 ×",
          });
        }
      }
    }
  }
  return {
    title: "Events taken in",
    method:
      `Each rate is published for ${FULL_RANGE.seconds} s by a process of its own (20 workers, 40 names, 150 bytes of args, 3 events a task, one ` +
      "in 50 fails, another is retried), the next higher one after it, until the reader lacks an event or is more than a second " +
      "behind. Celeriac has each task in its store; Flower, as it comes, keeps the latest in memory.",
    figures: [...figures, ...(await measureEachBursts())],
  };
}

async function measureEach(
  kinds: readonly ReaderKind[],
  broker: string,
  isBatched: boolean,
): Promise<readonly (readonly [ReaderKind, HighestRate])[]> {
  const measured: [ReaderKind, HighestRate][] = [];
  for (const kind of kinds) {
    const server = await BROKERS[broker]?.();
    if (server === undefined) continue;
    measured.push([kind, await findHighestRate(kind, server.url, { ...FULL_RANGE, isBatched })]);
    await server.stop();
  }
  return measured;
}

async function measureEachBursts(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { form, isBatched } of FORMS) {
    const rivals = await takeBurstsEach(FLOWER_KINDS, isBatched);
    for (const [kind, taken] of await takeBurstsEach(CELERIAC_KINDS, isBatched)) {
      figures.push({
        what: `Redis, 100,000 events at once, three times in a stream of 2,000/s, ${form}, ${kind.name}: share taken in`,
        celeriac: writeShare(taken),
        rival: rivals.map(([rival, theirs]) => `${writeShare(theirs)} (${rival.name})`).join(", "),
        ...{ ratio: null, goal: "100 %" },
      });
    }
  }
  return figures;
}

async function takeBurstsEach(
  kinds: readonly ReaderKind[],
  isBatched: boolean,
): Promise<readonly (readonly [ReaderKind, number])[]> {
  const taken: [ReaderKind, number][] = [];
  for (const kind of kinds) taken.push([kind, await takeBursts(kind, isBatched)]);
  return taken;
}

/** The share that is taken in of the bursts and what comes beside them. */
async function takeBursts(kind: ReaderKind, isBatched: boolean): Promise<number> {
  const server = await BROKERS.Redis?.();
  if (server === undefined) throw new Error("there is no broker");
  try {
    return (await measureBursts(kind, server.url, { ...BURSTS, isBatched })).taken;
  } finally {
    await server.stop();
  }
}

function writeShare(taken: number): string {
  return `${(taken * 100).toFixed(taken === 1 ? 0 : 1)} %`;
}
