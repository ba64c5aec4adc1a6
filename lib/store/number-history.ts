import { chooseStep, type StepRange } from "@/lib/numbers/choose-step";
import { DURATION_KEYS, type NumbersOf, TaskNumbers } from "@/lib/numbers/task-numbers";
import { getFirstMinute, MINUTES_KEPT_MS } from "./number-minutes";
import { readNumbers } from "./number-steps";
import { toNumberOrNull } from "./sql";
import type { Store } from "./store";

export interface NumbersRange {
  readonly of: NumbersOf;
  readonly name: string;
  /** Half-open `[from, to)`, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** At most so many. */
  readonly points: number;
  /** Epoch ms. */
  readonly now: number;
}

/** Numbers over time; the range has grown to whole steps. Times are epoch ms. */
export interface NumbersHistory extends StepRange {
  /** From when on there are numbers of anything; null when there are none. */
  readonly keptSince: number | null;
  readonly total: TaskNumbers;
  /** Oldest first, none left out from `keptSince` on. */
  readonly points: readonly { readonly at: number; readonly numbers: TaskNumbers }[];
}

/** What happened to the tasks of one type, queue or worker over the range. */
export async function getNumbersHistory(store: Store, range: NumbersRange): Promise<NumbersHistory> {
  const { of, name, now } = range;
  const steps = chooseStep(range, { points: range.points, minutesSince: now - MINUTES_KEPT_MS });
  const [found, keptSince] = await Promise.all([
    readNumbers(store, { ...steps, of, names: [name], durations: DURATION_KEYS }),
    getKeptSince(store),
  ]);
  // One name was asked for; the database may write it a little differently (lib/store/json-rows.ts).
  const [byStep] = found.values();
  const total = new TaskNumbers();
  const points: { at: number; numbers: TaskNumbers }[] = [];
  const first = keptSince === null ? steps.to : Math.floor(keptSince / steps.stepMs) * steps.stepMs;
  for (let at = Math.max(steps.from, first); at < Math.min(steps.to, now + 1); at += steps.stepMs) {
    const numbers = byStep?.get(at) ?? new TaskNumbers();
    total.merge(numbers);
    points.push({ at, numbers });
  }
  return { ...steps, keptSince, total, points };
}

/** Epoch ms from when on there are numbers of anything, or null. */
async function getKeptSince(store: Store): Promise<number | null> {
  const [row] = await store.client.$queryRaw<{ at: number | bigint | null }[]>`
    SELECT min(at) AS at FROM number_hour`;
  return toNumberOrNull(row?.at ?? null) ?? (await getFirstMinute(store));
}
