"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { previewQuery } from "@/lib/api/queries/redispatches";
import type { RetrySelection } from "./retry-dialog";
import type { RetryOptions } from "./use-retry-options";
import { useSettled } from "./use-settled";

/** A queue's name is typed letter by letter, and each plan of it may look at a hundred thousand tasks. */
const QUIET_MS = 600;

/** What would be sent with these options, planned anew when one of them changes that. */
export function usePreview(selection: RetrySelection, options: RetryOptions) {
  // The selection is frozen when the dialog opens: the page behind may move on.
  const [frozen] = useState(selection);
  const queue = useSettled(options.queue.trim(), QUIET_MS);
  const request = {
    ...frozen,
    confirmTyped: options.confirmTyped,
    includeRedispatched: options.includeRedispatched,
    includeLost: options.includeLost,
    queue: queue === "" ? null : queue,
  };
  const query = useQuery({ ...previewQuery(request), placeholderData: (before) => before });
  const isSettled = !query.isFetching && !query.isPlaceholderData && queue === options.queue.trim();
  return { query, request, isSettled };
}
