import { toNumber } from "./sql";
import type { Store } from "./store";
import { UNFINISHED_SORT_AT } from "./task-row";

/** Enough to say "many". */
const MAX_COUNT = 10_000;

/**
 * How many tasks that no worker was heard to take were sent to `queue` before `sentAt` (epoch ms), as far as their senders have
 * told by events; of the 10,000 oldest of all queues.
 */
export async function countSentBefore(store: Store, queue: string, sentAt: number): Promise<number> {
  const [row] = await store.client.$queryRaw<{ count: number | bigint }[]>`
    SELECT count(*) AS count FROM (
      SELECT queue FROM task_open WHERE state = 'PENDING'
        AND sort_at < ${UNFINISHED_SORT_AT + sentAt} ORDER BY sort_at LIMIT ${MAX_COUNT}) AS t
    WHERE queue = ${queue}`;
  return toNumber(row?.count ?? 0);
}
