import type { RevokeOutcome } from "./broadcast-revoke";

/** What came of a revoke in one text, for the record of actions. */
export function describeOutcome({ replies }: RevokeOutcome): string {
  return replies.map(({ hostname, reply }) => `${hostname}: ${reply}`).join("; ");
}
