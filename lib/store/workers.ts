import type { WorkerRecord } from "@/lib/celery/worker-record";
import { jsonRows, toStorableJson } from "./json-rows";
import { rawSql, type Sql, type StoreProvider, toNumberOrNull } from "./sql";
import type { Store } from "./store";
import type { WorkerAnswers } from "./worker-answers";
import type { StoredWorkerMark } from "./worker-mark";

/** More workers than this are not listed: the ones heard of last are. */
const MAX_WORKERS = 5_000;

/** A worker as its events told, with its own last answers. */
export interface StoredWorker extends WorkerRecord {
  /** Null before its first answer. */
  readonly answers: WorkerAnswers | null;
  /** Epoch ms of the last answer. */
  readonly answeredAt: number | null;
  /** What the collector found wrong with it at its last look. */
  readonly marks: readonly StoredWorkerMark[];
}

interface WorkerRow {
  readonly record: string;
  readonly answers: string | null;
  readonly answered_at: number | bigint | null;
  readonly marks: string | null;
}

/** What the records of an earlier version lack. */
const SINCE_CONTROL = { formerPid: null, bornAt: null, progressAt: 0, clockAheadMs: 0 };
const COLUMNS = rawSql("record, answers, answered_at, marks");

/** Writes the records over what was there, in one statement; the workers' answers stay. */
export async function upsertWorkers(store: Store, records: readonly WorkerRecord[]): Promise<void> {
  if (records.length === 0) return;
  const unique = new Map(records.map((record) => [record.hostname, record]));
  await store.client.$executeRaw`
    INSERT INTO worker (hostname, announced, last_heartbeat_at, record)
    SELECT hostname, announced, last_heartbeat_at, record
    FROM ${workerRows(store.provider, [...unique.values()])} WHERE true
    ON CONFLICT (hostname) DO UPDATE SET announced = excluded.announced,
      last_heartbeat_at = excluded.last_heartbeat_at, record = excluded.record`;
}

/** Keeps what a worker answered at `at` (epoch ms). A worker that the store does not know is left out. */
export async function saveWorkerAnswers(
  store: Store,
  hostname: string,
  answers: WorkerAnswers,
  at: number,
): Promise<void> {
  await store.client.$executeRaw`
    UPDATE worker SET answers = ${toStorableJson(answers)}, answered_at = ${at} WHERE hostname = ${hostname}`;
}

/** Keeps what is wrong with workers, by hostname; those not named keep what they had. */
export async function saveWorkerMarks(
  store: Store,
  marks: ReadonlyMap<string, readonly StoredWorkerMark[]>,
): Promise<void> {
  if (marks.size === 0) return;
  const rows = Array.from(marks, ([hostname, list]) => ({
    hostname,
    marks: list.length === 0 ? null : toStorableJson(list),
  }));
  const table = jsonRows(store.provider, rows, { hostname: "text", marks: "text" });
  await store.client.$executeRaw`
    UPDATE worker SET marks = r.marks FROM ${table} WHERE worker.hostname = r.hostname`;
}

/** All workers, by name, those long gone too until retention takes them; at most 5,000, the last heard of. */
export async function listWorkers(store: Store): Promise<readonly StoredWorker[]> {
  const rows = await store.client.$queryRaw<WorkerRow[]>`
    SELECT ${COLUMNS} FROM (
      SELECT * FROM worker ORDER BY last_heartbeat_at DESC LIMIT ${MAX_WORKERS}) AS w ORDER BY hostname`;
  return rows.map(toWorker);
}

/** The worker of that exact name, or null. */
export async function getWorker(store: Store, hostname: string): Promise<StoredWorker | null> {
  const [row] = await store.client.$queryRaw<WorkerRow[]>`
    SELECT ${COLUMNS} FROM worker WHERE hostname = ${hostname}`;
  return row ? toWorker(row) : null;
}

/** Forgets the workers that were last heard of before `at`, epoch ms. Returns how many. */
export async function deleteWorkersBefore(store: Store, at: number): Promise<number> {
  return store.client.$executeRaw`DELETE FROM worker WHERE last_heartbeat_at < ${at}`;
}

function workerRows(provider: StoreProvider, records: readonly WorkerRecord[]): Sql {
  const rows = records.map((record) => ({
    hostname: record.hostname,
    announced: record.announced,
    last_heartbeat_at: record.lastHeartbeatAt,
    record: toStorableJson(record),
  }));
  return jsonRows(provider, rows, {
    hostname: "text",
    announced: "text",
    last_heartbeat_at: "bigint",
    record: "text",
  });
}

function toWorker(row: WorkerRow): StoredWorker {
  // The three columns are written above and nowhere else.
  const record = { ...SINCE_CONTROL, ...(JSON.parse(row.record) as WorkerRecord) };
  const answers = row.answers === null ? null : (JSON.parse(row.answers) as WorkerAnswers);
  const marks = row.marks === null ? [] : (JSON.parse(row.marks) as StoredWorkerMark[]);
  return { ...record, answers, answeredAt: toNumberOrNull(row.answered_at), marks };
}
