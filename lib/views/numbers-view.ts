import type { Numbers, NumbersHistory, Percentiles } from "@/lib/api/schemas/numbers";
import { toInstant } from "@/lib/format/to-instant";
import { type DurationSketch, RELATIVE_ERROR } from "@/lib/numbers/duration-sketch";
import type { TaskNumbers } from "@/lib/numbers/task-numbers";
import type { NumbersHistory as StoredHistory } from "@/lib/store/number-history";

const SHARES = [0.5, 0.95, 0.99] as const;

/** A history of numbers as the API tells it. */
export function viewNumbersHistory(history: StoredHistory): NumbersHistory {
  return {
    from: toInstant(history.from),
    to: toInstant(history.to),
    stepSeconds: history.stepMs / 1000,
    relativeError: RELATIVE_ERROR,
    keptSince: toInstant(history.keptSince),
    total: viewNumbers(history.total),
    points: history.points.map(({ at, numbers }) => ({ at: toInstant(at), ...viewNumbers(numbers) })),
  };
}

/** The percentiles of a sketch, in seconds; null is none measured. */
export function viewPercentiles(sketch: DurationSketch | null): Percentiles {
  const [p50, p95, p99] = sketch?.quantiles(SHARES) ?? [null, null, null];
  return { count: sketch?.count ?? 0, p50, p95, p99 };
}

function viewNumbers(numbers: TaskNumbers): Numbers {
  const { succeeded, failed, retried, skewed } = numbers;
  return {
    ...{ succeeded, failed, retried, skewed },
    queueWait: viewPercentiles(numbers.queueWait),
    workerWait: viewPercentiles(numbers.workerWait),
    runtime: viewPercentiles(numbers.runtime),
  };
}
