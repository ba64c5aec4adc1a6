import type { Worker } from "@/lib/api/schemas/workers";

/** A worker that is well, but for what is given. */
export function makeWorker(parts: Partial<Worker>): Worker {
  return {
    ...{ hostname: "w@h", status: "online", lastHeartbeatAt: "2026-11-26T12:00:00.000Z" },
    ...{ active: 0, processed: 0, pool: "prefork", concurrency: 4, prefetchCount: 16, queues: ["celery"] },
    ...{
      softwareVersion: "5.6.3",
      loadAverage: [0, 0, 0],
      pid: 1,
      maxRssBytes: 1,
      taskEvents: true,
      marks: [],
    },
    ...parts,
  };
}
