const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Steps that a reader can name; each divides the next greater unit. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR_MS),
];

/** Stretches of equal length, aligned to their own length since the epoch; epoch ms. */
export interface StepRange {
  /** Half-open `[from, to)`, both whole steps. */
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/**
 * The shortest round steps, of at least a minute, in which `[from, to)` has at most `points`; at least an hour where it begins
 * before `minutesSince`, from when on minutes are kept. The range grows to whole steps.
 */
export function chooseStep(
  { from, to }: { readonly from: number; readonly to: number },
  { points, minutesSince }: { readonly points: number; readonly minutesSince: number },
): StepRange {
  const least = from < minutesSince ? HOUR_MS : MINUTE_MS;
  const fits = (step: number) => step >= least && align({ from, to }, step).count <= points;
  let stepMs = STEPS_MS.find(fits) ?? DAY_MS;
  while (!fits(stepMs)) stepMs += DAY_MS;
  const { first, end } = align({ from, to }, stepMs);
  return { from: first, to: end, stepMs };
}

function align({ from, to }: { readonly from: number; readonly to: number }, step: number) {
  const first = Math.floor(from / step) * step;
  const end = Math.max(first + step, Math.ceil(to / step) * step);
  return { first, end, count: (end - first) / step };
}
