import "server-only";
import { openResultBackend } from "@/lib/backend/open-result-backend";
import type { ResultBackend } from "@/lib/backend/result-backend";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createBrokerSettings } from "@/lib/create-broker-settings";
import { parseSettings, type Settings } from "@/lib/env";
import { openResultTable } from "@/lib/results/open-result-table";
import type { ResultTable } from "@/lib/results/results";
import { singleton } from "@/lib/singleton";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";

/** What one web process holds open. */
export interface Services {
  readonly settings: Settings;
  readonly store: Store;
  readonly results: ResultTable | null;
  /** Celery's own result backend, where the real args of tasks are; null when none is configured. */
  readonly backend: ResultBackend | null;
  /** Opened by the first call: most pages never speak to the broker. */
  readonly broker: () => Broker;
}

/** The services of this process, opened at the first call; a failed opening is tried again at the next. */
export async function getServices(): Promise<Services> {
  const holder = singleton<{ opening: Promise<Services> | null }>("services", () => ({ opening: null }));
  holder.opening ??= openServices().catch((error: unknown) => {
    holder.opening = null;
    throw error;
  });
  return holder.opening;
}

/** Opens everything ahead of the first request. What is away is left to the requests, which say so. */
export async function warmServices(): Promise<void> {
  const services = await getServices().catch(() => null);
  services?.broker();
  await services?.results?.getShape().catch(() => null);
}

async function openServices(): Promise<Services> {
  const settings = parseSettings(process.env);
  const store = await openStore(settings.DATABASE_URL);
  const results = settings.RESULTS_DATABASE_URL
    ? openResultTable({ url: settings.RESULTS_DATABASE_URL })
    : null;
  const { CELERIAC_RESULT_BACKEND_URL: backendUrl } = settings;
  const backend = backendUrl === undefined ? null : openResultBackend(backendUrl);
  let broker: Broker | null = null;
  return {
    settings,
    store,
    results,
    backend,
    broker: () => {
      const open = broker ?? openBroker(createBrokerSettings(settings));
      broker = open;
      return open;
    },
  };
}
