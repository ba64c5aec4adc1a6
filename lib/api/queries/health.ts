import { queryOptions } from "@tanstack/react-query";
import { requestJson } from "../client";
import { healthSchema } from "../schemas/health";

const EVERY_MS = 5_000;
/** While something is away a person waits for its return. */
const EVERY_MS_WHILE_AWAY = 1_000;

const healthKeys = { all: ["health"] as const };

/** Polled rather than streamed: it must also speak when the stream is what broke. */
export function healthQuery() {
  return queryOptions({
    queryKey: healthKeys.all,
    queryFn: ({ signal }) => requestJson("/health", { schema: healthSchema, signal }),
    refetchInterval: ({ state }) =>
      state.error === null && state.data?.status === "ok" ? EVERY_MS : EVERY_MS_WHILE_AWAY,
  });
}
