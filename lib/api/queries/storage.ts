import { queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { storageSchema } from "../schemas/storage";

const EVERY_MS = 10_000;

/** What the store keeps. No topic moves it: it changes with each batch of events. */
export function storageQuery() {
  return queryOptions({
    queryKey: ["storage"],
    queryFn: ({ signal }) => requestJson("/storage", { schema: storageSchema, signal }),
    refetchInterval: EVERY_MS,
  });
}
