import { queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { taskTypePageSchema } from "../schemas/tasks";

const SUGGESTIONS = "200";
const FRESH_MS = 60_000;

const taskTypeKeys = { all: ["task-types"] as const };

/** The task names that are known, for suggestions. They change rarely: no topic moves them. */
export function taskTypesQuery() {
  return queryOptions({
    queryKey: taskTypeKeys.all,
    queryFn: ({ signal }) =>
      requestJson("/task-types", {
        schema: taskTypePageSchema,
        query: new URLSearchParams({ limit: SUGGESTIONS }),
        signal,
      }),
    staleTime: FRESH_MS,
  });
}
