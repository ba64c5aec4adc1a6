import type { ListHistory } from "./follow-list";

export interface QueueRates {
  readonly publishPerSecond: number | null;
  readonly ackPerSecond: number | null;
}

/** One queue at one look. */
export interface QueueState {
  readonly at: number;
  readonly depth: number;
  readonly unacked: number | null;
}

const UNKNOWN: QueueRates = { publishPerSecond: null, ackPerSecond: null };

/**
 * Tells how many messages a second came to a queue and were acknowledged between two looks, or null where messages may
 * have come and gone unseen. `lists` are those of the priority steps in serving order. When the first of them held a message all the
 * time, no worker was free to take one of the others: what these hold now and did not before is what came.
 */
export function estimateRates(
  lists: readonly (ListHistory | null)[],
  before: QueueState | undefined,
  now: QueueState,
): QueueRates {
  const [first, ...others] = lists;
  const seconds = before === undefined ? 0 : (now.at - before.at) / 1000;
  if (before === undefined || seconds <= 0 || first?.pushed == null) return UNKNOWN;
  const pushed = others.reduce<number | null>((sum, list) => {
    const came = list === null ? null : (list.pushed ?? (list.wasEmpty ? list.length : null));
    return sum === null || came === null ? null : sum + came;
  }, first.pushed);
  if (pushed === null) return UNKNOWN;
  const held = now.unacked === null || before.unacked === null ? null : now.unacked - before.unacked;
  const acknowledged = held === null ? null : pushed - (now.depth - before.depth) - held;
  return {
    publishPerSecond: pushed / seconds,
    // The looks at waiting messages and at those in flight are not one: a few may be counted twice or not at all.
    ackPerSecond: acknowledged === null ? null : Math.max(0, acknowledged) / seconds,
  };
}
