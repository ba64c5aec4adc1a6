import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureDebianPackages } from "@/tests/support/ensure-debian-packages";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import type { RunningProcess } from "@/tests/support/start-process";
import { ensureBuild } from "./ensure-build";
import { startOutsideService } from "./outside-service";
import type { DemoBroker } from "./parse-demo-options";
import { createShop, type Shop, startProducer, startShopWorker, type Traffic } from "./shop-project";
import { startBroker } from "./start-broker";
import { startCeleriac } from "./start-celeriac";

/** One program of the demo, for the screen and for noticing its end. */
interface Part {
  readonly name: string;
  readonly detail: string;
  /** Whether others talk to it to the end. */
  readonly isServer: boolean;
  readonly process: Pick<RunningProcess, "exited" | "output" | "stop">;
}

export interface Demo {
  /** Where Celeriac is. */
  readonly url: string;
  readonly outsideUrl: string;
  readonly brokerUrl: string;
  readonly shop: Shop;
  /** Databases and logs; removed by stop(). */
  readonly folder: string;
  readonly parts: readonly Part[];
  /** Stops every part, those that talk to others first. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly broker: DemoBroker;
  /** Where Celeriac listens. */
  readonly port: number;
  /** null: no tasks but those that somebody sends by hand. */
  readonly traffic: Traffic | null;
  readonly log: (line: string) => void;
}

/** Installs what is missing, builds, and starts everything in a temporary folder. Stops what had started when a part fails. */
export async function startDemo({ broker, port, traffic, log }: DemoOptions): Promise<Demo> {
  await ensureDebianPackages([BROKER_PACKAGES[broker]]);
  const { python } = await ensurePythonEnvironment("newest");
  await ensureBuild(log);
  const folder = makeTempFolder("demo");
  mkdirSync(join(folder, "logs"));
  const parts: Part[] = [];
  const stop = async () => {
    await stopParts(parts);
    removeFolder(folder);
  };
  try {
    log("Starting …");
    return { ...(await startParts({ broker, port, traffic, folder, python, parts })), folder, parts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const BROKER_PACKAGES = { redis: "redis-server", rabbitmq: "rabbitmq-server" } as const;

interface StartOptions extends Omit<DemoOptions, "log"> {
  readonly folder: string;
  readonly python: string;
  /** Filled as they start, so that a later failure can stop them. */
  readonly parts: Part[];
}

async function startParts({ broker: kind, port, traffic, folder, python, parts }: StartOptions) {
  const logTo = (name: string) => (text: string) => appendFileSync(join(folder, "logs", `${name}.log`), text);
  const add = (name: string, detail: string, process: Part["process"], isServer = false) =>
    void parts.push({ name, detail, process, isServer });

  const broker = await startBroker(kind, logTo(kind));
  add(broker.name, broker.url, broker.process, true);
  const outside = await startOutsideService(python, logTo("outside-service"));
  add("outside service", `${outside.url} (payments, mail, webhooks, the warehouse)`, outside.process, true);
  const shop = await createShop({ python, folder, brokerUrl: broker.url, outsideUrl: outside.url });

  const settings = {
    ...broker.settings,
    RESULTS_DATABASE_URL: shop.databaseUrl,
    DATABASE_URL: `file:${join(folder, "celeriac.db")}`,
    CELERIAC_DEFAULT_QUEUE: "default",
  };
  for (const choice of WORKERS) {
    const worker = await startShopWorker(shop, { ...choice, onOutput: logTo(`worker-${choice.name}`) });
    const detail = `${choice.queues.join(", ")}; ${choice.concurrency} processes`;
    add(`worker ${worker.hostname}`, detail, worker);
  }
  // The collector should be there before the first task, so that it sees every event.
  const celeriac = await startCeleriac({ port, settings, onOutput: logTo("celeriac") });
  add("Celeriac", celeriac.url, celeriac.process);
  if (traffic !== null) {
    const producer = await startProducer(shop, traffic, logTo("producer"));
    add("producer", `${traffic.rate} calls a second, after ${traffic.burst} at once`, producer);
  }
  return { url: celeriac.url, outsideUrl: outside.url, brokerUrl: broker.url, shop };
}

const WORKERS = [
  { name: "orders", queues: ["default", "reports"], concurrency: 4 },
  { name: "mail", queues: ["mail"], concurrency: 2 },
];

/** The last to start are the first to stop: workers must still reach the broker and the outside service to finish their tasks. */
async function stopParts(parts: readonly Part[]): Promise<void> {
  const servers = parts.filter(({ isServer }) => isServer);
  const clients = parts.filter(({ isServer }) => !isServer);
  await Promise.all(clients.map(({ process }) => process.stop()));
  await Promise.all(servers.map(({ process }) => process.stop()));
}
