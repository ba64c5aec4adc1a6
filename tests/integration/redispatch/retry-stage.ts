import { join } from "node:path";
import type { z } from "zod";
import { createCeleriacApi } from "@/examples/demo/celeriac-api";
import { ensureBuild } from "@/examples/demo/ensure-build";
import { type Celeriac, startCeleriac } from "@/examples/demo/start-celeriac";
import {
  type Batch,
  type BatchItem,
  batchItemPageSchema,
  batchSchema,
  createdBatchSchema,
  type Preview,
  previewSchema,
} from "@/lib/api/schemas/redispatches";
import type { TaskFilter } from "@/lib/api/schemas/tasks";
import {
  createTestProject,
  type TestProject,
  type TestProjectOptions,
} from "@/tests/support/create-test-project";
import { ensurePythonEnvironment, type PythonSet } from "@/tests/support/ensure-python-environment";
import { getFreePort } from "@/tests/support/get-free-port";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { runCommand } from "@/tests/support/run-command";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

export const QUEUES = ["celery", "mail", "reports"] as const;

type Choices = Partial<{
  confirmTyped: boolean;
  includeRedispatched: boolean;
  ratePerSecond: number;
  queue: string;
  overrides: readonly { id: string; args: string; kwargs: string }[];
}>;

/** A real Django project with a worker that fails its tasks, and Celeriac beside it, spoken to over HTTP only. */
export class RetryStage {
  readonly project: TestProject;
  readonly #redis: RedisServer;
  readonly #celeriac: Celeriac;
  readonly #folder: string;

  private constructor(parts: {
    project: TestProject;
    redis: RedisServer;
    celeriac: Celeriac;
    folder: string;
  }) {
    this.project = parts.project;
    this.#redis = parts.redis;
    this.#celeriac = parts.celeriac;
    this.#folder = parts.folder;
  }

  /** Starts everything and waits until Celeriac knows the worker and its queues. */
  static async open(
    set: PythonSet,
    options: Pick<TestProjectOptions, "taskProtocol"> = {},
  ): Promise<RetryStage> {
    await ensureBuild((line) => process.stderr.write(`${line}\n`));
    const environment = await ensurePythonEnvironment(set);
    const folder = makeTempFolder("retry");
    const redis = await startRedisServer();
    const project = await createTestProject({ environment, brokerUrl: redis.url, ...options });
    const celeriac = await startCeleriac({
      port: await getFreePort(),
      settings: {
        CELERY_BROKER_URL: redis.url,
        RESULTS_DATABASE_URL: project.databaseUrl,
        DATABASE_URL: `file:${join(folder, "celeriac.db")}`,
      },
    });
    const stage = new RetryStage({ project, redis, celeriac, folder });
    await project.startWorker({ name: "retry", queues: QUEUES, concurrency: 2 });
    const api = createCeleriacApi(celeriac.url);
    await waitFor(async () => (await api.listWorkers())[0]?.queues?.length === QUEUES.length, {
      timeoutMs: 60_000,
      what: "the worker and its queues in Celeriac",
    });
    return stage;
  }

  async close(): Promise<void> {
    await this.#celeriac.process.stop();
    await this.project.stop();
    await this.#redis.stop();
    removeFolder(this.#folder);
  }

  /** Kills the collector alone, as the kernel does when memory runs out; the supervisor starts another. */
  async killCollector(): Promise<void> {
    const parent = String(this.#celeriac.process.pid);
    const pids = (await runCommand("pgrep", ["-P", parent, "-f", "dist/collector.mjs"])).trim().split("\n");
    for (const pid of pids) process.kill(Number(pid), "SIGKILL");
  }

  async countTasks(filter: TaskFilter): Promise<number> {
    return createCeleriacApi(this.#celeriac.url).countTasks(filter);
  }

  preview(filter: TaskFilter, choices: Choices = {}): Promise<Preview> {
    return this.#call("/redispatches/preview", previewSchema, { filter, ...choices });
  }

  async create(filter: TaskFilter, snapshot: string, choices: Choices = {}): Promise<string> {
    const body = { filter, snapshot, reason: "outage", ...choices };
    return (await this.#call("/redispatches", createdBatchSchema, body)).id;
  }

  get(id: string): Promise<Batch> {
    return this.#call(`/redispatches/${id}`, batchSchema);
  }

  move(id: string, move: "pause" | "resume" | "cancel"): Promise<Batch> {
    return this.#call(`/redispatches/${id}/${move}`, batchSchema, {});
  }

  /** Waits until the batch satisfies `condition`. */
  async until(id: string, condition: (batch: Batch) => boolean, timeoutMs = 60_000): Promise<Batch> {
    let batch = await this.get(id);
    const what = () => `a batch that is now ${JSON.stringify(batch)}`;
    await waitFor(
      async () => {
        batch = await this.get(id);
        return condition(batch);
      },
      { timeoutMs, what },
    );
    return batch;
  }

  /** Every item of a batch, page by page. */
  async listItems(id: string): Promise<readonly BatchItem[]> {
    const items: BatchItem[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? "" : `&cursor=${cursor}`;
      const page: z.infer<typeof batchItemPageSchema> = await this.#call(
        `/redispatches/${id}/items?limit=200${query}`,
        batchItemPageSchema,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  /** Calls the API as a page of Celeriac's own would; the answer is checked against the contract. */
  async #call<T extends z.ZodType>(path: string, schema: T, body?: unknown): Promise<z.infer<T>> {
    const response = await fetch(`${this.#celeriac.url}/api/v1${path}`, {
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      headers: { "content-type": "application/json", origin: this.#celeriac.url },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return schema.parse(JSON.parse(text));
  }
}
