"use client";

import { useState } from "react";
import type { Worker } from "@/lib/api/schemas/workers";

export interface WorkerSelection {
  /** Those that are ticked and still there. */
  workers: readonly Worker[];
  has: (hostname: string) => boolean;
  setMany: (hostnames: readonly string[], selected: boolean) => void;
  clear: () => void;
}

/** Which workers are ticked. */
export function useWorkerSelection(workers: readonly Worker[]): WorkerSelection {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  return {
    workers: workers.filter(({ hostname }) => ticked.has(hostname)),
    has: (hostname) => ticked.has(hostname),
    setMany: (hostnames, selected) =>
      setTicked((before) => {
        const next = new Set(before);
        for (const hostname of hostnames) selected ? next.add(hostname) : next.delete(hostname);
        return next;
      }),
    clear: () => setTicked(new Set()),
  };
}
