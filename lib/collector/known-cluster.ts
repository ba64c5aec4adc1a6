import type { WorkerRecord } from "@/lib/celery/worker-record";
import { getCollectorStatus, type StoredCollectorStatus } from "@/lib/store/collector-status";
import { listQueues } from "@/lib/store/queues";
import { getStoreIdentity } from "@/lib/store/store-identity";
import type { WorkerAnswers } from "@/lib/store/worker-answers";
import { listWorkers } from "@/lib/store/workers";
import type { CollectorServices } from "./collector-services";
import { repeat } from "./repeat";

/** What an earlier collector left in the store: a backlog stays in sight and workers keep what they said. */
export interface KnownCluster {
  readonly workers: readonly WorkerRecord[];
  readonly answers: ReadonlyMap<string, WorkerAnswers>;
  readonly queues: readonly string[];
  /** What the store is called in the broker. */
  readonly identity: string;
  /** Epoch ms until which a collector is known to have stored all events; null when there was none. */
  readonly heardUntil: number | null;
}

/** Reads it, again and again while the store is away; null when `signal` aborts before. */
export async function readKnownCluster(
  services: Pick<CollectorServices, "store" | "logger" | "signal">,
): Promise<KnownCluster | null> {
  const { store, logger, signal } = services;
  let known: KnownCluster | null = null;
  const done = new AbortController();
  const work = async () => {
    const stored = await listWorkers(store);
    const queues = await listQueues(store);
    known = {
      workers: stored.map(
        ({ answers: _answers, answeredAt: _answeredAt, marks: _marks, ...record }) => record,
      ),
      answers: new Map(stored.flatMap(({ hostname, answers }) => (answers ? [[hostname, answers]] : []))),
      queues: queues.map((queue) => queue.name),
      identity: await getStoreIdentity(store),
      heardUntil: readHeardUntil(await getCollectorStatus(store, Date.now())),
    };
    done.abort();
  };
  await repeat({ name: "start", everyMs: 0, work, logger, signal: AbortSignal.any([signal, done.signal]) });
  return known;
}

/** What came after its last word, or waited then to be stored, may be lost with a collector that was killed. */
function readHeardUntil(status: StoredCollectorStatus | null): number | null {
  if (status === null) return null;
  const { updatedAt, lagSeconds, broker } = status;
  const storedUntil = updatedAt - (lagSeconds ?? 0) * 1000;
  return broker.connected ? storedUntil : Math.min(storedUntil, broker.since);
}
