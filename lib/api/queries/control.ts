import { infiniteQueryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { requestJson } from "../client";
import {
  actionPageSchema,
  type CommandAnswer,
  commandAnswerSchema,
  type RevokeAnswer,
  revokeAnswerSchema,
  type revokeByHeadersSchema,
  type revokeSchema,
  type WorkerCommand,
  type WorkerCommandBody,
} from "../schemas/control";

export const actionKeys = {
  all: ["actions"] as const,
  list: (target: string | null) => ["actions", "list", target] as const,
};

export type RevokeRequest = z.input<typeof revokeSchema>;
export type RevokeByHeadersRequest = z.input<typeof revokeByHeadersSchema>;

/**
 * Sends a command to a worker and returns what it answered. ApiError 409 carries its refusal, or says that it is offline;
 * 504 that it did not answer in time.
 */
export function sendWorkerCommand<Command extends WorkerCommand>(
  hostname: string,
  command: Command,
  body: WorkerCommandBody<Command>,
): Promise<CommandAnswer> {
  const path = `/workers/${encodeURIComponent(hostname)}/${command}`;
  return requestJson(path, { schema: commandAnswerSchema, method: "POST", body });
}

/** Has all workers drop a task that has not ended; with `terminate` also ends it where it runs. */
export function revokeTask(id: string, body: RevokeRequest): Promise<RevokeAnswer> {
  const path = `/tasks/${encodeURIComponent(id)}/revoke`;
  return requestJson(path, { schema: revokeAnswerSchema, method: "POST", body });
}

/** As `revokeTask`, for all tasks that carry one of the stamps. */
export function revokeByHeaders(body: RevokeByHeadersRequest): Promise<RevokeAnswer> {
  return requestJson("/tasks/revoke-by-headers", { schema: revokeAnswerSchema, method: "POST", body });
}

/** What was done to the cluster, newest first; to one worker, task or queue where `target` names it. */
export function actionListQuery(target: string | null = null) {
  return infiniteQueryOptions({
    queryKey: actionKeys.list(target),
    queryFn: ({ pageParam, signal }) =>
      requestJson("/actions", { schema: actionPageSchema, query: pageParams(pageParam, target), signal }),
    initialPageParam: null as string | null, // otherwise inferred as `null` alone
    getNextPageParam: (page) => page.nextCursor,
  });
}

function pageParams(cursor: string | null, target: string | null): URLSearchParams {
  const params = new URLSearchParams();
  if (cursor !== null) params.set("cursor", cursor);
  if (target !== null) params.set("target", target);
  return params;
}
