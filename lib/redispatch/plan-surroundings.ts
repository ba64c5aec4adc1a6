import { getCollectorStatus } from "@/lib/store/collector-status";
import { listQueues } from "@/lib/store/queues";
import { countRetryOutcomes } from "@/lib/store/retry-outcomes";
import type { Store } from "@/lib/store/store";
import type { ClusterKnowledge } from "./cluster-knowledge";
import type { PlanSurroundings } from "./plan-warnings";

/** An older look says nothing of a queue as it is now. */
const FRESH_MS = 60_000;

/** Reads what the warnings of a plan are made of, beside the plan. `now` is epoch ms. */
export async function readSurroundings(
  store: Store,
  cluster: ClusterKnowledge,
  now: number,
): Promise<PlanSurroundings> {
  const [status, queues, outcomes] = await Promise.all([
    getCollectorStatus(store, now),
    listQueues(store),
    countRetryOutcomes(store),
  ]);
  const fresh = queues.filter(({ sampledAt }) => sampledAt > now - FRESH_MS);
  return {
    cluster,
    collector: { active: status?.active ?? false, brokerConnected: status?.broker.connected ?? false },
    queues: new Map(fresh.map((queue) => [queue.name, queue])),
    outcomes,
  };
}
