import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { throughputSchema } from "../schemas/live";

/** Finished tasks a bucket; under the `tasks` prefix, because finishing tasks move it. */
export function throughputQuery(minutes: number, points: number) {
  return queryOptions({
    queryKey: ["tasks", "throughput", minutes, points] as const,
    queryFn: ({ signal }) =>
      requestJson("/throughput", {
        schema: throughputSchema,
        query: new URLSearchParams({ minutes: String(minutes), points: String(points) }),
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}
