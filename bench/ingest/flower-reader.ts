import type { PythonSet } from "@/tests/support/ensure-python-environment";
import type { EventReader, ReaderKind } from "./event-reader";
import { readUsage } from "./process-usage";
import { startFlower } from "./start-flower";

const COUNT_TIMEOUT_MS = 20_000;

/** Flower as it comes, its newest version and the last of its former line. It counts events, in its metrics. */
export const FLOWER_KINDS = [
  { name: "Flower 2.2.0", counts: "events", start: (url) => startReader("flower-newest", url) },
  { name: "Flower 2.0.1", counts: "events", start: (url) => startReader("flower-oldest", url) },
] as const satisfies readonly ReaderKind[];

async function startReader(set: PythonSet, brokerUrl: string): Promise<EventReader> {
  const flower = await startFlower(set, brokerUrl);
  return {
    name: "Flower",
    async count() {
      const text = await fetch(`${flower.url}/metrics`, { signal: AbortSignal.timeout(COUNT_TIMEOUT_MS) })
        .then((answer) => answer.text())
        .catch(() => null);
      return text === null ? null : sumEvents(text);
    },
    usage: () => readUsage(flower.pid),
    stop: () => flower.stop(),
  };
}

/** The tasks' events of all workers and names, from the text of Prometheus. */
function sumEvents(metrics: string): number {
  let sum = 0;
  for (const [, count] of metrics.matchAll(/^flower_events_total\{[^}]*type="task-[^}]*\} (\S+)$/gm)) {
    sum += Number(count);
  }
  return sum;
}
