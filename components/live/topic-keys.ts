import type { QueryClient } from "@tanstack/react-query";
import { queueKeys } from "@/lib/api/queries/queues";
import { redispatchKeys } from "@/lib/api/queries/redispatches";
import { taskKeys } from "@/lib/api/queries/tasks";
import { workerKeys } from "@/lib/api/queries/workers";
import type { Topic } from "@/lib/api/schemas/live";

/** What a topic moves: every query under these prefixes. */
const TOPIC_KEYS: Record<Topic, readonly (readonly string[])[]> = {
  tasks: [taskKeys.all],
  queues: [queueKeys.all],
  workers: [workerKeys.all],
  redispatches: [redispatchKeys.all],
  alerts: [],
};

/** Refetches what is on screen of `topics`; queries that hold still by themselves (`meta.frozen`) are left alone. */
export function invalidateTopics(client: QueryClient, topics: Iterable<Topic>): void {
  for (const topic of topics) {
    for (const queryKey of TOPIC_KEYS[topic]) {
      // A fetch under way is not cancelled: under steady change a slow answer would otherwise never arrive.
      void client.invalidateQueries(
        { queryKey, predicate: (query) => query.meta?.frozen !== true },
        { cancelRefetch: false },
      );
    }
  }
}
