import { join } from "node:path";
import { expect } from "vitest";
import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createLogger } from "@/lib/logger";
import { createPreview } from "@/lib/redispatch/create-preview";
import { runBatches } from "@/lib/redispatch/run/run-batches";
import { startBatch } from "@/lib/redispatch/start-batch";
import { openResultTable } from "@/lib/results/open-result-table";
import type { ResultTable } from "@/lib/results/results";
import { listBatchItems } from "@/lib/store/batch-items";
import { getBatch } from "@/lib/store/batches";
import { openStore } from "@/lib/store/open-store";
import type { Store } from "@/lib/store/store";
import { makeBatchRequest, makePreviewRequest } from "@/tests/contract/redispatch/plain-requests";
import {
  createTestProject,
  type RecordedCall,
  type TestCall,
  type TestProject,
} from "@/tests/support/create-test-project";
import { ensurePythonEnvironment, type PythonSet } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const TIMEOUT_MS = 60_000;

/** A real worker and its result table, and what re-dispatches its tasks, without pages and collector. */
export class RandomStage {
  readonly #project: TestProject;
  readonly #store: Store;
  readonly #results: ResultTable;
  readonly #broker: Broker;
  readonly #stops: (() => Promise<unknown>)[];

  private constructor(parts: {
    project: TestProject;
    store: Store;
    results: ResultTable;
    broker: Broker;
    stops: (() => Promise<unknown>)[];
  }) {
    this.#project = parts.project;
    this.#store = parts.store;
    this.#results = parts.results;
    this.#broker = parts.broker;
    this.#stops = parts.stops;
  }

  static async open(set: PythonSet): Promise<RandomStage> {
    const environment = await ensurePythonEnvironment(set);
    const redis = await startRedisServer();
    const project = await createTestProject({ environment, brokerUrl: redis.url });
    await project.startWorker({ name: "random", args: ["--pool", "solo"] });
    const folder = makeTempFolder("random");
    const store = await openStore(`file:${join(folder, "store.db")}`);
    const results = openResultTable({ url: project.databaseUrl });
    const broker = openBroker({ url: redis.url });
    const stops = [
      () => broker.close(),
      () => results.close(),
      () => store.close(),
      () => project.stop(),
      () => redis.stop(),
      async () => removeFolder(folder),
    ];
    return new RandomStage({ project, store, results, broker, stops });
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) await stop();
  }

  /** Has the worker fail the calls; returns their ids. */
  async fail(calls: readonly TestCall[]): Promise<readonly string[]> {
    this.#project.setOutage(true);
    const ids = await this.#project.send(calls);
    await this.#waitForState("FAILURE", ids);
    this.#project.setOutage(false);
    return ids;
  }

  /** What was received so far, by id, each once. */
  listCalls(): ReadonlyMap<string, RecordedCall> {
    const calls = this.#project.listRecordedCalls();
    const byId = new Map(calls.map((call) => [call.id, call]));
    expect(calls).toHaveLength(byId.size);
    return byId;
  }

  /** Re-dispatches the tasks; returns those that were sent, once they have succeeded, and the reasons of the others. */
  async redispatch(ids: readonly string[]) {
    const { snapshot } = await this.#preview(ids);
    await startBatch(this.#store, makeBatchRequest(snapshot));
    const batch = await this.#run(snapshot);
    const page = { limit: ids.length, afterPosition: -1 };
    const items = await listBatchItems(this.#store, batch, { status: "sent" }, page);
    const others = await listBatchItems(this.#store, batch, { status: "skipped" }, page);
    await this.#waitForState(
      "SUCCESS",
      items.map(({ newId }) => newId),
    );
    return { items, reasons: new Set(others.map(({ reason }) => reason)) };
  }

  /** How many of the tasks could be sent again. */
  async countReady(ids: readonly string[]): Promise<number> {
    return (await this.#preview(ids)).summary.ready;
  }

  #preview(ids: readonly string[]) {
    const sources = { store: this.#store, results: this.#results };
    return createPreview(sources, { routes: {}, defaultQueue: "celery" }, makePreviewRequest({ ids }));
  }

  /** Runs batches as a collector does until this one is done. */
  async #run(id: string) {
    const stopping = new AbortController();
    const services = { store: this.#store, results: this.#results, broker: this.#broker };
    const logger = createLogger("test");
    const ended = runBatches({ ...services, signal: stopping.signal, logger });
    const batch = await waitFor(
      async () => {
        const now = await getBatch(this.#store, id);
        return now?.state === "done" ? now : null;
      },
      { timeoutMs: TIMEOUT_MS, what: "the end of the batch" },
    );
    stopping.abort();
    await ended;
    return batch;
  }

  async #waitForState(state: "FAILURE" | "SUCCESS", ids: readonly string[]): Promise<void> {
    const filter = { ids, states: [state] };
    await waitFor(async () => (await this.#results.count(filter, 1_000)).count === ids.length, {
      timeoutMs: TIMEOUT_MS,
      what: `${ids.length} times ${state}`,
    });
  }
}
