import type { SeriesPoint } from "@/components/charts/series";
import type { QueueHistory } from "@/lib/api/schemas/queues";

type History = QueueHistory["points"];

/**
 * One series a queue on common moments. Each history has its own: a moment takes the sample at or before it, and null
 * before the first.
 */
export function joinHistories(names: readonly string[], histories: readonly History[]): SeriesPoint[] {
  const longest = histories.reduce<History>((best, one) => (one.length > best.length ? one : best), []);
  const cursors = histories.map(() => -1);
  return longest.map((moment) => {
    const at = Date.parse(moment.at);
    const values: Record<string, number | null> = {};
    for (const [index, history] of histories.entries()) {
      let cursor = cursors[index] ?? -1;
      while (cursor + 1 < history.length && Date.parse(history[cursor + 1]?.at ?? "") <= at) cursor++;
      cursors[index] = cursor;
      values[names[index] ?? ""] = history[cursor]?.depth ?? null;
    }
    return { at, values };
  });
}
