import { openBroker } from "@/lib/broker/open";
import { createLogger } from "@/lib/logger";
import { createPreview } from "@/lib/redispatch/create-preview";
import { runBatches } from "@/lib/redispatch/run/run-batches";
import { startBatch } from "@/lib/redispatch/start-batch";
import { openResultTable } from "@/lib/results/open-result-table";
import { getBatch } from "@/lib/store/batches";
import { openStore } from "@/lib/store/open-store";

// Plans and sends all failed tasks in a process of its own, as web and collector do; prints a DispatchTimes as JSON.

/** Where everything is; the first argument of the process, as JSON. */
export interface DispatchPlaces {
  readonly resultsUrl: string;
  readonly storeUrl: string;
  readonly brokerUrl: string;
  readonly managementUrl?: string;
  /** Whether to send what was planned. */
  readonly isSent: boolean;
}

/** Seconds, and the most memory that the process held. */
export interface DispatchTimes {
  readonly total: number;
  readonly ready: number;
  /** Until the first numbers of the preview, until all of it. */
  readonly firstSeconds: number;
  readonly planSeconds: number;
  /** From the start of the batch to its end. */
  readonly sendSeconds: number;
  readonly dispatched: number;
  readonly cpuSeconds: number;
  readonly maxRssMb: number;
}

const places: DispatchPlaces = JSON.parse(process.argv[2] ?? "{}");
const store = await openStore(places.storeUrl);
const results = openResultTable({ url: places.resultsUrl });
const broker = openBroker({ url: places.brokerUrl, managementUrl: places.managementUrl });
// Connections and prepared statements are there before a person asks for anything.
await results.count({ states: ["SUCCESS"] }, 1);

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
let firstAt = 0;
const { snapshot, summary } = await createPreview(
  { store, results },
  { routes: {}, defaultQueue: "celery" },
  {
    ...{ selection: { filter: { state: ["FAILURE"] } }, actor: "bench", queue: null },
    ...{ confirmTyped: false, includeRedispatched: false, includeLost: false },
  },
  {
    onProgress: () => {
      if (firstAt === 0) firstAt = performance.now();
    },
  },
);
const plannedAt = performance.now();
const dispatched = places.isSent ? await send(snapshot) : 0;
const endedAt = performance.now();
const { user, system } = process.cpuUsage(cpuBefore);

const times: DispatchTimes = {
  ...{ total: summary.total, ready: summary.ready, dispatched },
  firstSeconds: (firstAt - startedAt) / 1000,
  planSeconds: (plannedAt - startedAt) / 1000,
  sendSeconds: (endedAt - plannedAt) / 1000,
  cpuSeconds: (user + system) / 1e6,
  maxRssMb: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(times)}\n`);
await Promise.all([store.close(), results.close(), broker.close()]);

async function send(id: string): Promise<number> {
  await startBatch(store, {
    ...{ snapshot: id, selection: null, actor: "bench", reason: "bench" },
    ...{ ratePerSecond: null, keepQueueBelow: null, queue: null, priority: null },
    ...{ countdownSeconds: null, spreadSeconds: null },
    ...{ confirmTyped: false, includeRedispatched: false, includeLost: false },
    ...{ overrides: [], patches: [], changes: [] },
  });
  const stopping = new AbortController();
  const logger = createLogger("bench");
  const running = runBatches({ store, results, broker, logger, signal: stopping.signal });
  for (;;) {
    const batch = await getBatch(store, id);
    if (batch !== null && batch.state !== "running") {
      stopping.abort();
      await running;
      if (batch.state !== "done") throw new Error(`the batch has ${batch.state}: ${batch.error}`);
      return batch.dispatched;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
