import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { stuckPageSchema, waitingSchema } from "../schemas/stuck";
import { taskKeys } from "./tasks";

export const stuckKeys = { all: ["stuck"] as const };

/** What is stuck; `seconds` is how long a task may be reserved. Workers are asked for it, so no topic moves it. */
export function stuckQuery(seconds: number) {
  return queryOptions({
    queryKey: [...stuckKeys.all, seconds],
    queryFn: ({ signal }) =>
      requestJson("/stuck", {
        schema: stuckPageSchema,
        query: new URLSearchParams({ seconds: String(seconds) }),
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Why a task waits. The worker that has it is asked, so no topic moves it. */
export function waitingQuery(id: string) {
  return queryOptions({
    queryKey: [...taskKeys.all, "waiting", id],
    queryFn: ({ signal }) =>
      requestJson(`/tasks/${encodeURIComponent(id)}/waiting`, { schema: waitingSchema, signal }),
    meta: { pace: "frozen" },
  });
}
