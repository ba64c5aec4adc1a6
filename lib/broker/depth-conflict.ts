import { AppError } from "@/lib/errors";

/** The refusal of a purge because other messages wait than the person saw; names both numbers. */
export function createDepthConflict(name: string, expected: number, found: number): AppError {
  return new AppError(
    "conflict",
    `The depth of "${name}" is ${found} now, not ${expected}: nothing was purged. Look at it again.`,
  );
}
