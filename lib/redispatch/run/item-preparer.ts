import type { KwargsPatch } from "@/lib/celery/args/patch-kwargs";
import { listWaitingItems, type WaitingItem } from "@/lib/store/batch-items";
import type { BatchRecord } from "@/lib/store/batch-record";
import { listWorkers } from "@/lib/store/workers";
import { type ClusterKnowledge, describeCluster } from "../cluster-knowledge";
import { readPatches } from "../read-patches";
import type { EvidenceSources } from "../task-evidence";
import { createEtaSchedule, type EtaSchedule } from "./eta-schedule";
import { ItemBuffer, type PreparedRun } from "./item-buffer";
import { type PreparedItem, prepareItems } from "./prepare-items";

const CLUSTER_AGE_MS = 10_000;

/** Prepares the items of one batch for sending, those that come next ahead of their turn. */
export class ItemPreparer {
  readonly #sources: EvidenceSources;
  readonly #batch: BatchRecord;
  readonly #schedule: EtaSchedule;
  readonly #patches: ReadonlyMap<string, KwargsPatch>;
  readonly #buffer: ItemBuffer;
  #cluster: { readonly knowledge: ClusterKnowledge; readonly at: number } | null = null;

  /** `batch` as it is when its sending begins or goes on. */
  constructor(sources: EvidenceSources, batch: BatchRecord) {
    const { id, options, position, total } = batch;
    this.#sources = sources;
    this.#batch = batch;
    this.#schedule = createEtaSchedule(options, { startedAt: Date.now(), position, total });
    this.#patches = readPatches(options.patches ?? []);
    this.#buffer = new ItemBuffer(async (from, end) => {
      return this.prepare(await listWaitingItems(sources.store, id, { from, end }));
    }, total);
  }

  /** What is prepared from `position` on, once there is something; see ItemBuffer. */
  peek(position: number, wanted: number): Promise<PreparedRun> {
    return this.#buffer.peek(position, wanted);
  }

  /** Prepares items out of their turn. */
  async prepare(items: readonly WaitingItem[]): Promise<readonly PreparedItem[]> {
    return prepareItems(this.#sources, items, {
      ...{ batch: this.#batch, schedule: this.#schedule, patches: this.#patches },
      cluster: await this.#describeCluster(),
    });
  }

  /** Forgets what was prepared ahead: it may not be the next any more. */
  reset(): void {
    this.#buffer.reset();
  }

  async #describeCluster(): Promise<ClusterKnowledge> {
    const now = performance.now();
    if (this.#cluster === null || now - this.#cluster.at > CLUSTER_AGE_MS) {
      const workers = await listWorkers(this.#sources.store);
      this.#cluster = { knowledge: describeCluster(workers, Date.now()), at: now };
    }
    return this.#cluster.knowledge;
  }
}
