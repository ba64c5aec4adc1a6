import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { openResultBackend } from "@/lib/backend/open-result-backend";
import { openBroker } from "@/lib/broker/open";
import { createBrokerSettings } from "@/lib/create-broker-settings";
import { parseSettings, type Settings, SettingsError } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createLogger } from "@/lib/logger";
import { openResultTable } from "@/lib/results/open-result-table";
import { openStore } from "@/lib/store/open-store";
import { holdLease } from "./hold-lease";
import { runCollector } from "./run-collector";

// The collector process: `npm start -- collector`, or the supervisor's child.

const logger = createLogger("collector");
const stopping = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => stopping.abort());

try {
  await main(parseSettings(process.env), stopping.signal);
  process.exitCode = 0;
} catch (error) {
  if (!(error instanceof AppError || error instanceof SettingsError)) throw error;
  process.stderr.write(`celeriac collector: ${error.message}\n`);
  process.exitCode = 1;
}

/** Runs until `signal` aborts. Rejects when the store can't be opened or a URL makes no sense. */
async function main(settings: Settings, signal: AbortSignal): Promise<void> {
  const store = await openStore(settings.DATABASE_URL);
  const broker = openBroker(createBrokerSettings(settings));
  const { RESULTS_DATABASE_URL: resultsUrl } = settings;
  const results = resultsUrl === undefined ? null : openResultTable({ url: resultsUrl });
  const { CELERIAC_RESULT_BACKEND_URL: backendUrl } = settings;
  const backend = backendUrl === undefined ? null : openResultBackend(backendUrl);
  const services = { store, broker, results, backend, settings, logger };
  logger.info({ broker: broker.getStatus().url, store: store.getStatus().url }, "collector starts");
  try {
    const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
    await holdLease({ store, logger, signal }, { owner }, (term) =>
      runCollector({ ...services, signal: term }),
    );
  } finally {
    await Promise.allSettled([broker.close(), results?.close(), backend?.close()]);
    await store.close();
  }
  logger.info("collector ended");
}
