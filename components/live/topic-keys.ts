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

/**
 * How soon a query follows a change, its `meta.pace`: at once unless it says otherwise; `calm` for what is dear to fetch and
 * nobody reads that fast; `frozen` for what holds still by itself.
 */
export type Pace = "quick" | "calm" | "frozen";

/** Refetches what is on screen of `topics` and goes at that pace; resolves when it is there. */
export async function invalidateTopics(
  client: QueryClient,
  topics: Iterable<Topic>,
  pace: Exclude<Pace, "frozen">,
): Promise<void> {
  const keys = [...topics].flatMap((topic) => TOPIC_KEYS[topic]);
  await Promise.all(
    keys.map((queryKey) =>
      // A fetch under way is not cancelled: under steady change a slow answer would otherwise never arrive.
      client.invalidateQueries(
        { queryKey, predicate: ({ meta }) => (meta?.pace ?? "quick") === pace },
        { cancelRefetch: false },
      ),
    ),
  );
}
