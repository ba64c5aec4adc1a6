import type { WorkerRecord } from "@/lib/celery/worker-record";
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
    };
    done.abort();
  };
  await repeat({ name: "start", everyMs: 0, work, logger, signal: AbortSignal.any([signal, done.signal]) });
  return known;
}
