import { queryOptions } from "@tanstack/react-query";
import type { NumbersOf } from "@/lib/numbers/task-numbers";
import { requestJson } from "../client";
import { numbersHistorySchema } from "../schemas/numbers";

const MINUTE_MS = 60_000;

/** Whose numbers, of the last `minutes` in at most `points`. */
export interface NumbersChoice {
  of: NumbersOf;
  name: string;
  minutes: number;
  points: number;
}

/** Numbers over time. The collector writes them each ten seconds; no topic tells of it. */
export function numbersQuery({ of, name, minutes, points }: NumbersChoice) {
  return queryOptions({
    queryKey: ["numbers", of, name, minutes, points] as const,
    queryFn: ({ signal }) => {
      const now = Date.now();
      const from = new Date(now - minutes * MINUTE_MS).toISOString();
      const range = { from, to: new Date(now).toISOString(), points: String(points) };
      const query = new URLSearchParams({ of, name, ...range });
      return requestJson("/numbers", { schema: numbersHistorySchema, query, signal });
    },
    // Another range may show what is there meanwhile; another name may not.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === of && query.queryKey[2] === name ? previous : undefined,
  });
}
