"use client";

import { useQueries } from "@tanstack/react-query";
import { patchPreviewQuery } from "@/lib/api/queries/redispatches";
import type { Patch } from "@/lib/api/schemas/kwargs-patches";

/** What the patches come to on the tasks of one preview. */
export interface PatchEffects {
  /** Task name → how many its patch changes; those that are still tried are not in it. */
  changed: ReadonlyMap<string, number>;
  /** Ready tasks that won't be sent because a patch can't be made on them. */
  refused: number;
  isPending: boolean;
}

export function usePatchEffects(snapshot: string | undefined, patches: readonly Patch[]): PatchEffects {
  return useQueries({
    queries: snapshot === undefined ? [] : patches.map((patch) => patchPreviewQuery(snapshot, patch)),
    combine: (results): PatchEffects => ({
      changed: new Map(
        results.flatMap(({ data }, index) => (data ? [[patches[index]?.name ?? "", data.changed]] : [])),
      ),
      refused: results.reduce(
        (sum, { data }) =>
          sum + (data ? data.stale + data.conflicts.reduce((all, { count }) => all + count, 0) : 0),
        0,
      ),
      isPending: results.some(({ isPending }) => isPending),
    }),
  });
}
