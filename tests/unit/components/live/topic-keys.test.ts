import { QueryClient, type QueryKey, QueryObserver, type QueryOptions } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { invalidateTopic } from "@/components/live/topic-keys";
import { queueHistoryQuery, queueListQuery, queueMessagesQuery } from "@/lib/api/queries/queues";
import { waitingQuery } from "@/lib/api/queries/stuck";
import { newestTasksQuery, taskCountQuery, taskDetailQuery, taskListQuery } from "@/lib/api/queries/tasks";
import { workerDetailQuery, workerListQuery } from "@/lib/api/queries/workers";
import { TOPICS } from "@/lib/api/schemas/live";

const QUERIES = {
  newest: newestTasksQuery({}),
  task: taskDetailQuery("1"),
  count: taskCountQuery({}),
  rows: taskListQuery({}),
  waiting: waitingQuery("1"),
  workers: workerListQuery(),
  worker: workerDetailQuery("a@box"),
  queues: queueListQuery(),
  history: queueHistoryQuery("mail", { minutes: 60, points: 120 }),
  messages: queueMessagesQuery("mail", 20),
} satisfies Record<string, { queryKey: QueryKey; meta?: QueryOptions["meta"] }>;

/** Which of these queries, all on screen, are fetched again when all topics move. */
async function listRefetched(pace: "quick" | "calm"): Promise<string[]> {
  const client = new QueryClient();
  const refetched: string[] = [];
  for (const [name, { queryKey, meta }] of Object.entries(QUERIES)) {
    const observer = new QueryObserver<unknown>(client, {
      ...{ queryKey, meta, initialData: null, staleTime: Number.POSITIVE_INFINITY },
      queryFn: () => {
        refetched.push(name);
        return null;
      },
    });
    observer.subscribe(() => undefined);
  }
  await Promise.all(TOPICS.map((topic) => invalidateTopic(client, topic, pace)));
  client.clear();
  return refetched;
}

it("follows a change at once, at leisure, or not at all where to look costs the worker or the broker", async () => {
  expect((await listRefetched("quick")).sort()).toEqual(["newest", "queues", "task", "workers"]);
  expect((await listRefetched("calm")).sort()).toEqual(["count", "history"]);
});
