/** Longer than this nothing is waited for. */
export const LONGEST_MS = 30_000;

/** What has taken too long has no answer; its time shows it. Any other error goes on. */
export function giveUpLate(error: unknown): undefined {
  if (!(error instanceof Error && error.name === "TimeoutError")) throw error;
}
