import type { StoredWorker } from "@/lib/store/workers";

/** Epoch ms, a second after the workers below were heard of. */
export const NOW = 1_795_000_000_000;

const ANSWERS = {
  pool: "prefork",
  concurrency: 2,
  prefetchCount: 8,
  pid: 7,
  maxRssBytes: null,
  queues: ["mail"],
  registered: ["shop.mail.send"],
  limits: {},
  softLimitSeconds: 0,
  hardLimitSeconds: 0,
  acceptContent: ["json"],
  taskEvents: true,
} as const;

/** A worker that is online and has answered, changed by `part` and `answers` (null: it has not). */
export function makeWorker(
  part: Partial<StoredWorker> = {},
  answers: Partial<NonNullable<StoredWorker["answers"]>> | null = {},
): StoredWorker {
  return {
    hostname: "mail@box",
    announced: "online",
    lastHeartbeatAt: NOW - 1_000,
    freqSeconds: 2,
    pid: 7,
    formerPid: null,
    bornAt: null,
    progressAt: NOW - 1_000,
    clockAheadMs: 0,
    active: 0,
    processed: 0,
    loadAverage: null,
    softwareIdentity: "py-celery",
    softwareVersion: "5.6.3",
    softwareSystem: "Linux",
    answers: answers && { ...ANSWERS, ...answers },
    answeredAt: NOW - 1_000,
    marks: [],
    ...part,
  };
}
