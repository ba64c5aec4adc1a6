const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** A length of time in two units at most: `0 s`, `42 ms`, `1.35 s`, `42.1 s`, `4 min 12 s`, `3 h 04 min`, `2 d 3 h`. */
export function formatDuration(seconds: number): string {
  if (seconds <= 0) return "0 s";
  if (seconds < 0.0995) return seconds < 0.001 ? "<1 ms" : `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.995) return `${trim(seconds.toFixed(2))} s`;
  if (seconds < 59.95) return `${trim(seconds.toFixed(1))} s`;
  return formatLongDuration(Math.round(seconds));
}

/** A length of time in whole seconds, for counters that tick: `4 s`, `4 min 12 s`. */
export function formatWholeDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < MINUTE ? `${whole} s` : formatLongDuration(whole);
}

function formatLongDuration(whole: number): string {
  if (whole < HOUR) return join(whole, MINUTE, "min", "s");
  if (whole < DAY) return join(Math.floor(whole / MINUTE), HOUR / MINUTE, "h", "min");
  return join(Math.floor(whole / HOUR), DAY / HOUR, "d", "h");
}

function join(small: number, ratio: number, bigUnit: string, smallUnit: string): string {
  const big = Math.floor(small / ratio);
  const rest = small % ratio;
  if (rest === 0) return `${big} ${bigUnit}`;
  return `${big} ${bigUnit} ${String(rest).padStart(bigUnit === "h" ? 2 : 1, "0")} ${smallUnit}`;
}

function trim(decimal: string): string {
  return decimal.replace(/\.?0+$/, "");
}
