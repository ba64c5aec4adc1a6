import type { NumbersOf, TaskNumbers } from "@/lib/numbers/task-numbers";
import { jsonRows } from "./json-rows";
import { NUMBER_COLUMNS, NUMBER_NAMES, NUMBER_UPDATES, selectNumbers, toNumberRow } from "./number-row";
import { toNumberOrNull } from "./sql";
import type { Store } from "./store";

/** How long minutes are kept; after that, hours are all there is. */
export const MINUTES_KEPT_MS = 2 * 86_400_000;
const CHUNK_ROWS = 1_000;

/** What happened to one series' tasks in a minute, or in a part of it. */
export interface MinuteNumbers {
  readonly of: NumbersOf;
  readonly name: string;
  /** The minute's start, epoch ms. */
  readonly at: number;
  /** Rows of one minute and series whose parts differ add up; with the same part the later one stands. */
  readonly part: number;
  readonly numbers: TaskNumbers;
}

/** Writes minutes as they are now, over what was written of the same parts. Repeating it changes nothing. */
export async function saveMinutes(store: Store, minutes: readonly MinuteNumbers[]): Promise<void> {
  // All at once, before the first wait: events go on adding to the numbers.
  const rows = minutes.map(({ of, name, at, part, numbers }) => ({
    ...{ kind: of, name, at, part },
    ...toNumberRow(numbers),
  }));
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    await saveChunk(store, rows.slice(start, start + CHUNK_ROWS));
  }
}

type Row = Parameters<typeof jsonRows>[1][number];

async function saveChunk(store: Store, rows: readonly Row[]): Promise<void> {
  const table = jsonRows(store.provider, rows, {
    kind: "text",
    name: "text",
    at: "bigint",
    part: "integer",
    ...NUMBER_COLUMNS,
  });
  let written = 0;
  // A series that retention forgets between the two statements is there at the second attempt.
  for (let attempt = 0; attempt < 3 && written < rows.length; attempt++) {
    await store.client.$executeRaw`
      INSERT INTO number_series (kind, name) SELECT DISTINCT kind, name FROM ${table} WHERE true
      ON CONFLICT (kind, name) DO NOTHING`;
    written = await store.client.$executeRaw`
      INSERT INTO number_minute (series, at, part, ${NUMBER_NAMES})
      SELECT s.id, at, part, ${selectNumbers(store.provider)} FROM ${table} JOIN number_series AS s ON s.kind = r.kind AND s.name = r.name
      WHERE true ON CONFLICT (series, at, part) DO UPDATE SET ${NUMBER_UPDATES}`;
  }
}

/** Epoch ms of the first minute that is kept, or null when there is none. */
export async function getFirstMinute(store: Store): Promise<number | null> {
  const [row] = await store.client.$queryRaw<{ at: number | bigint | null }[]>`
    SELECT min(at) AS at FROM number_minute`;
  return toNumberOrNull(row?.at ?? null);
}

/** Deletes up to `limit` rows of minutes before `at`, epoch ms; returns how many. */
export async function deleteMinutesBefore(store: Store, at: number, limit: number): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM number_minute WHERE (series, at, part) IN (
      SELECT series, at, part FROM number_minute WHERE at < ${at} ORDER BY at LIMIT ${limit})`;
}

/** Forgets the series of which nothing is kept any more. */
export async function deleteEmptySeries(store: Store): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM number_series AS s
    WHERE NOT EXISTS (SELECT 1 FROM number_minute AS m WHERE m.series = s.id)
      AND NOT EXISTS (SELECT 1 FROM number_hour AS h WHERE h.series = s.id)`;
}
