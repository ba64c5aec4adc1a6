import { openBroker } from "@/lib/broker/open";
import { createBrokerSettings } from "@/lib/create-broker-settings";
import { parseSettings, type Settings } from "@/lib/env";
import { openResultTable } from "@/lib/results/open-result-table";
import { openStore } from "@/lib/store/open-store";
import { getVisibilityTimeout } from "@/lib/visibility-timeout";
import { listStuckTasks, type StuckList } from "./list-stuck-tasks";
import { writeStuckLine } from "./write-stuck-line";

// The process of `celeriac stuck` (lib/command/check-stuck.ts): its argument is how many seconds a task may be reserved.

const NONE = 0;
/** Not 1, with which Node ends when it can't even begin. */
const SOME = 10;
const CANNOT_LOOK = 2;

try {
  const list = await look(parseSettings(process.env), Number(process.argv[2]));
  for (const note of list.notes) process.stderr.write(`${note}\n`);
  for (const task of list.tasks) process.stdout.write(`${writeStuckLine(task)}\n`);
  process.exitCode = list.tasks.length > 0 ? SOME : list.isCurrent ? NONE : CANNOT_LOOK;
} catch (error) {
  process.stderr.write(`celeriac stuck: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = CANNOT_LOOK;
}

async function look(settings: Settings, seconds: number): Promise<StuckList> {
  const store = await openStore(settings.DATABASE_URL);
  const broker = openBroker(createBrokerSettings(settings));
  const { RESULTS_DATABASE_URL: resultsUrl } = settings;
  const results = resultsUrl === undefined ? null : openResultTable({ url: resultsUrl });
  const visibilityTimeoutSeconds = getVisibilityTimeout(settings);
  try {
    const sources = { store, broker, results, visibilityTimeoutSeconds };
    return await listStuckTasks(sources, { seconds, now: Date.now() });
  } finally {
    await Promise.allSettled([broker.close(), results?.close()]);
    await store.close();
  }
}
