import { formatDuration } from "@/lib/format/duration";

interface TimeLimits {
  softTimeLimit: number | null;
  timeLimit: number | null;
}

/** `soft 10 min, hard 11 min`; null where there is no limit. */
export function describeTimeLimits({ softTimeLimit, timeLimit }: TimeLimits): string | null {
  const parts = [
    ...(softTimeLimit === null ? [] : [`soft ${formatDuration(softTimeLimit)}`]),
    ...(timeLimit === null ? [] : [`hard ${formatDuration(timeLimit)}`]),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}
