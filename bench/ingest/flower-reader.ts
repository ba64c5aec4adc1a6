import { dirname, join } from "node:path";
import { ensurePythonEnvironment, type PythonSet } from "@/tests/support/ensure-python-environment";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startProcess } from "@/tests/support/start-process";
import { waitFor } from "@/tests/support/wait-for";
import type { EventReader, ReaderKind } from "./event-reader";
import { readUsage } from "./process-usage";

const COUNT_TIMEOUT_MS = 20_000;

/** Flower as it comes, its newest version and the last of its former line. It counts events, in its metrics. */
export const FLOWER_KINDS: readonly ReaderKind[] = [
  { name: "Flower 2.2.0", counts: "events", start: (url) => startFlower("flower-newest", url) },
  { name: "Flower 2.0.1", counts: "events", start: (url) => startFlower("flower-oldest", url) },
];

async function startFlower(set: PythonSet, brokerUrl: string): Promise<EventReader> {
  const { python } = await ensurePythonEnvironment(set);
  const folder = makeTempFolder("flower");
  const port = await getFreePort();
  const url = `http://127.0.0.1:${port}`;
  const flower = await startProcess({
    command: join(dirname(python), "celery"),
    args: ["--broker", brokerUrl, "flower", "--address=127.0.0.1", `--port=${port}`],
    cwd: folder,
  });
  const what = () => `Flower:\n${flower.output()}`;
  await waitFor(async () => (await fetch(`${url}/healthcheck`)).ok, { timeoutMs: 60_000, what });
  // Its reader of events connects in a thread of its own.
  await flower.waitForOutput("Connected to", 60_000);
  return {
    name: "Flower",
    async count() {
      const text = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(COUNT_TIMEOUT_MS) })
        .then((answer) => answer.text())
        .catch(() => null);
      return text === null ? null : sumEvents(text);
    },
    usage: () => readUsage(flower.pid),
    async stop() {
      await flower.kill();
      removeFolder(folder);
    },
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
