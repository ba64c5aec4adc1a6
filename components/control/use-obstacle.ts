"use client";

import { useQuery } from "@tanstack/react-query";
import { healthQuery } from "@/lib/api/queries/health";
import type { Worker } from "@/lib/api/schemas/workers";

/** Why nothing can be done to a worker, or to the cluster where none is given; null when it can. */
export function useObstacle(worker?: Pick<Worker, "hostname" | "status">): string | null {
  const { data: health } = useQuery(healthQuery());
  if (health?.readOnly) return "This Celeriac is read-only";
  if (health?.broker.connected === false) return "The broker is away";
  if (worker?.status === "offline") return `${worker.hostname} is offline`;
  return null;
}
