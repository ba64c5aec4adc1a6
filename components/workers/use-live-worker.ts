"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePause } from "@/components/live/pause-provider";
import { workerDetailQuery, workerListQuery } from "@/lib/api/queries/workers";
import type { Worker } from "@/lib/api/schemas/workers";

/** A worker is asked again so often: it is work for it, and nobody reads faster. */
const ASK_EVERY_MS = 15_000;

/** A worker's own answers, asked again while the page lives, under what its heartbeats say meanwhile. */
export function useLiveWorker(hostname: string) {
  const pause = usePause();
  const { data, error, refetch, isFetching, dataUpdatedAt } = useQuery({
    ...workerDetailQuery(hostname),
    refetchInterval: () => (pause.isHeld ? false : ASK_EVERY_MS),
  });
  const { data: list } = useQuery(workerListQuery());
  const live = list?.items.find((one) => one.hostname === hostname);
  // It has come or gone meanwhile: what it said is of another time.
  const isOutdated = data !== undefined && live !== undefined && data.status !== live.status;
  useEffect(() => {
    if (isOutdated) void refetch();
  }, [isOutdated, refetch]);
  const worker = data && live ? { ...data, ...pickLive(live) } : data;
  return { worker, error, refetch, isFetching, dataUpdatedAt };
}

function pickLive({ status, lastHeartbeatAt, processed, loadAverage, marks }: Worker) {
  return { status, lastHeartbeatAt, processed, loadAverage, marks };
}
