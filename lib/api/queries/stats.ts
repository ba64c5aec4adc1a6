import { queryOptions, skipToken } from "@tanstack/react-query";
import type { Stats } from "../schemas/live";

export const statsKeys = { all: ["stats"] as const };

/** The latest `stats` of the stream. Never fetched: the stream writes it. */
export function statsQuery() {
  return queryOptions<Stats>({
    queryKey: statsKeys.all,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
