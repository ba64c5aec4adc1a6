import { formatWholeDuration } from "./duration";

const JUST_NOW_MS = 5_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** How long ago, in one unit, both in epoch ms: `just now`, `12 s ago`, `3 min ago`, `5 h ago`, `2 d ago`; `in 3 min` ahead. */
export function formatAge(atMs: number, nowMs: number): string {
  const elapsed = nowMs - atMs;
  // Clocks of workers run a little ahead of ours; that is not the future.
  if (Math.abs(elapsed) < JUST_NOW_MS) return "just now";
  return elapsed < 0 ? `in ${oneUnit(-elapsed)}` : `${oneUnit(elapsed)} ago`;
}

function oneUnit(elapsedMs: number): string {
  const unit =
    elapsedMs < MINUTE_MS ? 1000 : elapsedMs < HOUR_MS ? MINUTE_MS : elapsedMs < DAY_MS ? HOUR_MS : DAY_MS;
  return formatWholeDuration((Math.floor(elapsedMs / unit) * unit) / 1000);
}
