import { openBroker } from "@/lib/broker/open";
import { createLogger } from "@/lib/logger";
import { runBatches } from "@/lib/redispatch/run/run-batches";
import { openStore } from "@/lib/store/open-store";
import type { LaneAddress } from "./fault-lanes";

// A collector of a test, to be killed: runs the batches of each lane until it gets SIGTERM.

const stopping = new AbortController();
process.once("SIGTERM", () => stopping.abort());
const [leaseMs, ...lanes] = process.argv.slice(2);
process.stdout.write("ready\n");
await Promise.all(lanes.map((lane) => run(JSON.parse(lane), Number(leaseMs))));

async function run({ storeUrl, brokerUrl, managementUrl }: LaneAddress, lease: number): Promise<void> {
  const store = await openStore(storeUrl);
  const broker = openBroker({ url: brokerUrl, managementUrl });
  const logger = createLogger("test");
  await runBatches({ store, results: null, broker, signal: stopping.signal, logger }, lease);
  await broker.close();
  await store.close();
}
