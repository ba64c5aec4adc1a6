import { queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { workerDetailSchema, workerPageSchema } from "../schemas/workers";

export const workerKeys = {
  all: ["workers"] as const,
  list: () => ["workers", "list"] as const,
  detail: (hostname: string) => ["workers", "detail", hostname] as const,
};

export function workerListQuery() {
  return queryOptions({
    queryKey: workerKeys.list(),
    queryFn: ({ signal }) => requestJson("/workers", { schema: workerPageSchema, signal }),
  });
}

/** Asks the worker itself over remote control, so heartbeats don't refetch it: `meta.frozen`. */
export function workerDetailQuery(hostname: string) {
  return queryOptions({
    queryKey: workerKeys.detail(hostname),
    queryFn: ({ signal }) =>
      requestJson(`/workers/${encodeURIComponent(hostname)}`, { schema: workerDetailSchema, signal }),
    meta: { frozen: true },
  });
}

/** Address of a worker's page; worker names hold `@ . : /`. */
export function toWorkerHref(hostname: string): string {
  return `/worker/${encodeURIComponent(hostname)}`;
}
