import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureDebianPackages } from "@/tests/support/ensure-debian-packages";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import type { RunningProcess } from "@/tests/support/start-process";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { ensureBuild } from "./ensure-build";
import { startOutsideService } from "./outside-service";
import { createShop, type Shop, startProducer, startShopWorker, type Traffic } from "./shop-project";
import { startCeleriac } from "./start-celeriac";

/** One program of the demo, for the screen and for noticing its end. */
interface Part {
  readonly name: string;
  readonly detail: string;
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
  /** Where Celeriac listens. */
  readonly port: number;
  /** null: no tasks but those that somebody sends by hand. */
  readonly traffic: Traffic | null;
  readonly log: (line: string) => void;
}

/** Installs what is missing, builds, and starts everything in a temporary folder. Stops what had started when a part fails. */
export async function startDemo({ port, traffic, log }: DemoOptions): Promise<Demo> {
  await ensureDebianPackages(["redis-server"]);
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
    return { ...(await startParts({ port, traffic, folder, python, parts })), folder, parts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface StartOptions extends Omit<DemoOptions, "log"> {
  readonly folder: string;
  readonly python: string;
  /** Filled as they start, so that a later failure can stop them. */
  readonly parts: Part[];
}

async function startParts({ port, traffic, folder, python, parts }: StartOptions) {
  const logTo = (name: string) => (text: string) => appendFileSync(join(folder, "logs", `${name}.log`), text);
  const add = (name: string, detail: string, process: Part["process"]) =>
    void parts.push({ name, detail, process });

  const redis = await startRedisServer({ onOutput: logTo("redis") });
  add("Redis", redis.url, redis);
  const outside = await startOutsideService(python, logTo("outside-service"));
  add("outside service", `${outside.url} (payments, mail, webhooks, the warehouse)`, outside.process);
  const shop = await createShop({ python, folder, brokerUrl: redis.url, outsideUrl: outside.url });

  const settings = {
    CELERY_BROKER_URL: redis.url,
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
  return { url: celeriac.url, outsideUrl: outside.url, brokerUrl: redis.url, shop };
}

const WORKERS = [
  { name: "orders", queues: ["default", "reports"], concurrency: 4 },
  { name: "mail", queues: ["mail"], concurrency: 2 },
];

/** The last to start are the first to stop: workers must still reach Redis and the outside service to finish their tasks. */
async function stopParts(parts: readonly Part[]): Promise<void> {
  const servers = parts.filter(({ name }) => name === "Redis" || name === "outside service");
  const clients = parts.filter((part) => !servers.includes(part));
  await Promise.all(clients.map(({ process }) => process.stop()));
  await Promise.all(servers.map(({ process }) => process.stop()));
}
