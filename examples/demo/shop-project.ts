import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "@/tests/support/repository-root";
import { runCommand } from "@/tests/support/run-command";
import { type CeleryWorker, startCeleryWorker } from "@/tests/support/start-celery-worker";
import { type RunningProcess, startProcess } from "@/tests/support/start-process";
import { startPythonModule } from "@/tests/support/warm-python";

/** The folder of the Django project. */
export const SHOP_FOLDER = join(REPOSITORY_ROOT, "examples/django");

/** The Django project with its own data, on one broker. */
export interface Shop {
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
  /** As RESULTS_DATABASE_URL takes it. */
  readonly databaseUrl: string;
}

interface ShopOptions {
  readonly python: string;
  /** Where its database and reports go. */
  readonly folder: string;
  readonly brokerUrl: string;
  readonly outsideUrl: string;
}

export interface Traffic {
  /** Calls a second. */
  readonly rate: number;
  /** Calls at once, before the steady ones. */
  readonly burst: number;
  readonly seed: number;
}

/** Sets up the shop's database. */
export async function createShop({ python, folder, brokerUrl, outsideUrl }: ShopOptions): Promise<Shop> {
  mkdirSync(folder, { recursive: true });
  const env = {
    CELERY_BROKER_URL: brokerUrl,
    OUTSIDE_SERVICE_URL: outsideUrl,
    SHOP_DATA: folder,
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUNBUFFERED: "1",
  };
  await runCommand(python, ["manage.py", "migrate", "--verbosity", "0"], { cwd: SHOP_FOLDER, env });
  return { python, env, databaseUrl: `file:${join(folder, "shop.sqlite3")}` };
}

/** Starts a worker of the shop; it is not ready yet when this returns. */
export function startShopWorker(
  shop: Shop,
  choice: { name: string; queues: readonly string[]; concurrency: number; onOutput: (text: string) => void },
): Promise<CeleryWorker> {
  return startCeleryWorker({
    ...choice,
    python: shop.python,
    folder: SHOP_FOLDER,
    app: "shop",
    env: shop.env,
  });
}

/** Starts the producer of steady traffic. */
export function startProducer(
  shop: Shop,
  traffic: Traffic,
  onOutput: (text: string) => void,
): Promise<RunningProcess> {
  return startProcess({
    command: shop.python,
    args: ["manage.py", "produce", ...listFlags(traffic)],
    cwd: SHOP_FOLDER,
    env: shop.env,
    onOutput,
  });
}

/** Sends `count` calls at once, and returns when all are sent. Throws with what the producer printed when it fails. */
export async function sendBurst(shop: Shop, count: number, seed: number): Promise<void> {
  const flags = listFlags({ rate: 1, burst: count, seed });
  // Forked, because to load Celery and Django takes longer than to send.
  const producer = await startPythonModule(shop.python, {
    ...{ module: "manage", args: ["produce", "--once", ...flags] },
    ...{ folder: SHOP_FOLDER, env: shop.env },
  });
  if ((await producer.exited) !== 0) throw new Error(`no calls were sent: ${producer.output()}`);
}

function listFlags({ rate, burst, seed }: Traffic): string[] {
  return ["--rate", String(rate), "--burst", String(burst), "--seed", String(seed)];
}
