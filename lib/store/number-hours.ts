import { jsonRows } from "./json-rows";
import {
  NUMBER_COLUMNS,
  NUMBER_NAMES,
  NUMBER_UPDATES,
  type NumberRow,
  selectNumbers,
  sumNumberRows,
  toNumberRow,
} from "./number-row";
import { toNumber, toNumberOrNull } from "./sql";
import type { Store } from "./store";

export const HOUR_MS = 3_600_000;
/** Series that are added up at once: a few thousand rows of minutes, so that nothing else waits for long. */
const CHUNK_SERIES = 50;

/** Epoch ms of the end of the last hour that was added up; 0 when there is none. Reading goes on from there by minutes. */
export async function getRolledUntil(store: Store): Promise<number> {
  const [row] = await store.client.$queryRaw<{ at: number | bigint | null }[]>`
    SELECT max(at) AS at FROM number_hour`;
  const last = toNumberOrNull(row?.at ?? null);
  return last === null ? 0 : last + HOUR_MS;
}

/** Adds up the minutes of the hour from `hour` (epoch ms), over what was added up of it before. */
export async function rollUpHour(store: Store, hour: number): Promise<void> {
  const end = hour + HOUR_MS;
  const found = await store.client.$queryRaw<{ series: number | bigint }[]>`
    SELECT DISTINCT series FROM number_minute WHERE at >= ${hour} AND at < ${end} ORDER BY series`;
  const series = found.map((row) => toNumber(row.series));
  for (let start = 0; start < series.length; start += CHUNK_SERIES) {
    const chunk = series.slice(start, start + CHUNK_SERIES);
    const rows = await store.client.$queryRaw<(NumberRow & { series: number | bigint })[]>`
      SELECT series, ${NUMBER_NAMES} FROM number_minute
      WHERE series >= ${chunk[0]} AND series <= ${chunk.at(-1)} AND at >= ${hour} AND at < ${end}`;
    const sums = sumNumberRows(rows, (row) => toNumber(row.series));
    const hours = Array.from(sums, ([id, numbers]) => ({ series: id, at: hour, ...toNumberRow(numbers) }));
    const table = jsonRows(store.provider, hours, { series: "integer", at: "bigint", ...NUMBER_COLUMNS });
    await store.client.$executeRaw`
      INSERT INTO number_hour (series, at, ${NUMBER_NAMES})
      SELECT series, at, ${selectNumbers(store.provider)} FROM ${table}
      WHERE true ON CONFLICT (series, at) DO UPDATE SET ${NUMBER_UPDATES}`;
  }
}

/** Deletes up to `limit` rows of hours before `at`, epoch ms; returns how many. */
export async function deleteHoursBefore(store: Store, at: number, limit: number): Promise<number> {
  return store.client.$executeRaw`
    DELETE FROM number_hour WHERE (series, at) IN (
      SELECT series, at FROM number_hour WHERE at < ${at} ORDER BY at LIMIT ${limit})`;
}
