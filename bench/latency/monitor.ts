import { startCeleriac } from "@/examples/demo/start-celeriac";
import { getFreePort } from "@/tests/support/get-free-port";
import { startFlower } from "../ingest/start-flower";

/** A program that shows tasks, to be measured. */
export interface Monitor {
  readonly name: string;
  /** JSON of the newest 50 tasks. */
  readonly listUrl: string;
  /** JSON of one task; it answers 404 before the task is known. */
  taskUrl(id: string): string;
  /** The page that lists tasks. */
  readonly pageUrl: string;
  /** The page that lists the tasks of one name and brings itself up to date; null where there is none. */
  livePageUrl(name: string): string | null;
  stop(): Promise<void>;
}

/** Starts web and collector, as `npm start` does. */
export async function startCeleriacMonitor(brokerUrl: string, storeUrl: string): Promise<Monitor> {
  const settings = { CELERY_BROKER_URL: brokerUrl, DATABASE_URL: storeUrl, LOG_LEVEL: "info" };
  const { url, process } = await startCeleriac({ port: await getFreePort(), settings });
  await process.waitForOutput("takes events in");
  return {
    name: "Celeriac",
    listUrl: `${url}/api/v1/tasks?source=events`,
    taskUrl: (id) => `${url}/api/v1/tasks/${id}`,
    pageUrl: `${url}/tasks?source=events`,
    livePageUrl: (name) => `${url}/tasks?source=events&name=${name}`,
    stop: () => process.stop(),
  };
}

/** Starts the newest Flower as it comes. */
export async function startFlowerMonitor(brokerUrl: string): Promise<Monitor> {
  const { url, stop } = await startFlower("flower-newest", brokerUrl);
  return {
    name: "Flower 2.2.0",
    listUrl: `${url}/api/tasks?limit=50`,
    taskUrl: (id) => `${url}/api/task/info/${id}`,
    pageUrl: `${url}/tasks`,
    livePageUrl: () => null,
    stop,
  };
}
