import type { QueryClient } from "@tanstack/react-query";
import type { Pace } from "@/lib/api/queries/pace";
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

/** Refetches what is on screen of a topic and goes at that pace; resolves when it is there. */
export async function invalidateTopic(
  client: QueryClient,
  topic: Topic,
  pace: Exclude<Pace, "frozen">,
): Promise<void> {
  await Promise.all(
    TOPIC_KEYS[topic].map((queryKey) =>
      // A fetch under way is not cancelled: under steady change a slow answer would otherwise never arrive.
      client.invalidateQueries(
        { queryKey, predicate: ({ meta }) => (meta?.pace ?? "quick") === pace },
        { cancelRefetch: false },
      ),
    ),
  );
}
