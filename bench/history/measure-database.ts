import { startCeleriac } from "@/examples/demo/start-celeriac";
import type { PythonEnvironment } from "@/tests/support/ensure-python-environment";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startRedisServer } from "@/tests/support/start-redis-server";
import type { Figure } from "../figures";
import { writeRatio } from "../figures";
import { type Times, timeRequests, writeMs } from "../time-requests";
import { ADMIN_PATIENCE_MS, readAdminCounts, readAdminList } from "./admin-list";
import { type BenchRows, countFailed, describeRows } from "./bench-rows";
import { type HistoryCase, listCases } from "./cases";
import type { BenchDatabase } from "./databases/bench-database";
import { createHistoryApi, type HistoryApi } from "./history-api";
import { type Admin, migrateAdmin, startAdmin } from "./start-admin";

interface Effort {
  readonly rows: number;
  readonly repeats: number;
  readonly log: (line: string) => void;
}

/** Fills a database, serves it with Celeriac and with the admin, and times both. Throws where an answer is wrong. */
export async function measureDatabase(
  database: BenchDatabase,
  environment: PythonEnvironment,
  { rows: count, repeats, log }: Effort,
): Promise<readonly Figure[]> {
  const rows = describeRows(count, Date.now());
  const folder = makeTempFolder("bench-history");
  await migrateAdmin(environment, database.url);
  await database.fill(rows);
  log(`${database.name} holds ${count.toLocaleString("en-US")} rows`);
  const redis = await startRedisServer();
  const [admin, celeriac] = await Promise.all([
    startAdmin(environment, database.url),
    startCeleriac({
      port: await getFreePort(),
      settings: {
        CELERY_BROKER_URL: redis.url,
        RESULTS_DATABASE_URL: database.url,
        DATABASE_URL: `file:${folder}/store.db`,
      },
    }),
  ]);
  try {
    const served = { name: database.name, api: createHistoryApi(celeriac.url), admin };
    return await measureServed(served, rows, { repeats, log });
  } finally {
    await Promise.all([admin.stop(), celeriac.process.stop()]);
    await redis.stop();
    removeFolder(folder);
  }
}

interface Served {
  readonly name: string;
  readonly api: HistoryApi;
  readonly admin: Admin;
}

/** Times both on a database that they serve. */
async function measureServed(
  { name, api, admin }: Served,
  rows: BenchRows,
  { repeats, log }: Omit<Effort, "rows">,
): Promise<readonly Figure[]> {
  await checkCounts(api, admin, rows);
  const figures: Figure[] = [];
  for (const one of await listCases(api, rows)) {
    const figure = await measureCase(one, { api, admin, repeats });
    log(`${name}: ${figure.what}: ${figure.celeriac}; ${figure.rival ?? "–"}`);
    figures.push(figure);
  }
  return figures;
}

async function measureCase(
  { what, query, isCount, admin: adminQuery, goal, shown }: HistoryCase,
  { api, admin, repeats }: { api: HistoryApi; admin: Admin; repeats: number },
): Promise<Figure> {
  const path = isCount ? `/count?${query}` : `?limit=100&${query}`;
  const first = JSON.parse(await api.get(path));
  if (shown !== undefined) requireShown("Celeriac", what, first.items.length, shown);
  const ours = await timeRequests(() => api.get(path), repeats);
  const celeriac = `${writeMs(ours.p50)} (${writeMs(ours.p95)})`;
  if (adminQuery === undefined) return { what, celeriac, rival: null, ratio: null, goal };
  const theirs = await timeAdmin({ what, shown }, () => readAdminList(admin, adminQuery), repeats);
  if (theirs === null) {
    const atLeast = writeRatio(ADMIN_PATIENCE_MS, ours.p95);
    return { what, celeriac, rival: `> ${writeMs(ADMIN_PATIENCE_MS)}`, ratio: `> ${atLeast}`, goal };
  }
  const rival = `${writeMs(theirs.p50)} (${writeMs(theirs.p95)})`;
  return { what, celeriac, rival, ratio: writeRatio(theirs.p95, ours.p95), goal };
}

/** Times the admin's answers; null where it gives none in four minutes. */
async function timeAdmin(
  { what, shown }: Pick<HistoryCase, "what" | "shown">,
  read: () => Promise<string>,
  repeats: number,
): Promise<Times | null> {
  try {
    const { shown: found } = readAdminCounts(await read());
    if (shown !== undefined) requireShown("the admin", what, found, shown);
    return await timeRequests(read, Math.ceil(repeats / 3));
  } catch (error) {
    if (error instanceof Error && error.name === "TimeoutError") return null;
    throw error;
  }
}

function requireShown(who: string, what: string, found: number, shown: number): void {
  if (found !== shown) throw new Error(`${what}: ${who} shows ${found} rows, not ${shown}`);
}

/** Both must see the same rows before any time is worth something. */
async function checkCounts(api: HistoryApi, admin: Admin, rows: BenchRows): Promise<void> {
  const all = readAdminCounts(await readAdminList(admin, ""));
  const failed = readAdminCounts(await readAdminList(admin, "status__exact=FAILURE"));
  if (all.total !== rows.count || failed.total !== countFailed(rows)) {
    throw new Error(`the admin counts ${all.total} rows and ${failed.total} failed ones`);
  }
  const ours = await api.count("state=FAILURE");
  if (ours.exact && ours.count !== countFailed(rows)) {
    throw new Error(`Celeriac counts ${ours.count} failed rows`);
  }
}
