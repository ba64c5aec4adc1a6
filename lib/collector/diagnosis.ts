import { isWorkerOnline } from "@/lib/celery/worker-liveness";
import { askHolders } from "@/lib/diagnosis/ask-holders";
import type { ClusterFacts, MemoryGrowth } from "@/lib/diagnosis/marks/cluster-facts";
import { confirmHeld } from "@/lib/diagnosis/marks/confirm-held";
import { findMemoryGrowth, MEMORY_WINDOW_MS } from "@/lib/diagnosis/marks/find-memory-growth";
import { markWorkers } from "@/lib/diagnosis/marks/mark-workers";
import { listStuckTasks } from "@/lib/diagnosis/stuck/list-stuck-tasks";
import { bumpTopics } from "@/lib/store/changes";
import { listHeldTasks } from "@/lib/store/held-tasks";
import { listQueues } from "@/lib/store/queues";
import { listMemorySamples, type MemorySample } from "@/lib/store/worker-samples";
import { listWorkers, type StoredWorker, saveWorkerMarks } from "@/lib/store/workers";
import { getVisibilityTimeout } from "@/lib/visibility-timeout";
import type { AnswerRounds } from "./answer-rounds";
import type { CollectorServices } from "./collector-services";

/** How often the cluster is judged. */
export const DIAGNOSE_EVERY_MS = 10_000;
/** A person is told of tasks that are reserved for longer. */
const STUCK_SECONDS = 300;
/** Of each state. */
const MAX_HELD = 2_000;
/** Before that, a worker's silence can't be told from ours. */
const LEAST_ROUNDS = 3;
const MEMORY_EVERY_MS = 300_000;
/** Workers whose memory is read in one query. */
const MEMORY_WORKERS = 50;

type WorkerMarks = ReturnType<typeof markWorkers>;
type DiagnosisServices = Pick<CollectorServices, "store" | "broker" | "results" | "settings">;

/** Judges, again and again, what is wrong with the workers and how many tasks are stuck. */
export class Diagnosis {
  readonly #services: DiagnosisServices;
  #memory: ReadonlyMap<string, MemoryGrowth> = new Map();
  #memoryReadAt = Number.NEGATIVE_INFINITY;
  #stuckTasks: number | null = null;

  constructor(services: DiagnosisServices) {
    this.#services = services;
  }

  /** Tasks that were stuck at the last look; null before the first, and when what is known is old. */
  get stuckTasks(): number | null {
    return this.#stuckTasks;
  }

  /** Looks once. `rounds` tell who answered the last questions. Rejects when the store or the broker is away. */
  async look(rounds: Pick<AnswerRounds, "count" | "get">): Promise<void> {
    const { store, results, broker, settings } = this.#services;
    const now = Date.now();
    // What is known is of another time, and nobody can be asked.
    if (!broker.getStatus().connected) {
      this.#stuckTasks = null;
      return;
    }
    if (rounds.count >= LEAST_ROUNDS) await this.#markWorkers(rounds, now);
    const visibilityTimeoutSeconds = getVisibilityTimeout(settings);
    const sources = { store, results, broker, visibilityTimeoutSeconds };
    const { tasks, isCurrent } = await listStuckTasks(sources, { seconds: STUCK_SECONDS, now });
    this.#stuckTasks = isCurrent ? tasks.length : null;
  }

  async #markWorkers(rounds: Pick<AnswerRounds, "get">, now: number): Promise<void> {
    const { store } = this.#services;
    const [workers, queues, held] = await Promise.all([
      listWorkers(store),
      listQueues(store),
      listHeldTasks(store, MAX_HELD),
    ]);
    if (now - this.#memoryReadAt >= MEMORY_EVERY_MS) await this.#readMemory(workers, now);
    const facts: ClusterFacts = {
      ...{ now, workers, queues, held: held.tasks },
      unanswered: (hostname) => rounds.get(hostname),
      memory: (hostname) => this.#memory.get(hostname) ?? null,
    };
    const marks = await this.#confirm(markWorkers(facts), facts);
    const before = new Map(workers.map((worker) => [worker.hostname, JSON.stringify(worker.marks)]));
    const changed = [...marks].filter(([hostname, list]) => JSON.stringify(list) !== before.get(hostname));
    if (changed.length === 0) return;
    await saveWorkerMarks(store, new Map(changed));
    await bumpTopics(store, ["workers"]);
  }

  /** Of an event that was missed a worker seems to hold what it has ended: those that seem to hoard are asked. */
  async #confirm(marks: WorkerMarks, facts: ClusterFacts): Promise<WorkerMarks> {
    const suspects = facts.workers.filter(({ hostname }) =>
      marks.get(hostname)?.some(({ mark }) => mark === "hoarding"),
    );
    if (suspects.length === 0) return marks;
    const holdings = await askHolders(this.#services.broker, suspects);
    return markWorkers({ ...facts, held: confirmHeld(facts.held, holdings) });
  }

  async #readMemory(workers: readonly StoredWorker[], now: number): Promise<void> {
    const hostnames = workers.filter(isWorkerOnline).map(({ hostname }) => hostname);
    const memory = new Map<string, MemoryGrowth>();
    for (let start = 0; start < hostnames.length; start += MEMORY_WORKERS) {
      const some = hostnames.slice(start, start + MEMORY_WORKERS);
      const samples = await listMemorySamples(this.#services.store, some, now - MEMORY_WINDOW_MS);
      for (const [hostname, own] of groupByWorker(samples)) {
        const growth = findMemoryGrowth(own);
        if (growth !== null) memory.set(hostname, growth);
      }
    }
    this.#memory = memory;
    this.#memoryReadAt = now;
  }
}

function groupByWorker(samples: readonly MemorySample[]): ReadonlyMap<string, MemorySample[]> {
  const byWorker = new Map<string, MemorySample[]>();
  for (const sample of samples) {
    const own = byWorker.get(sample.hostname);
    if (own === undefined) byWorker.set(sample.hostname, [sample]);
    else own.push(sample);
  }
  return byWorker;
}
