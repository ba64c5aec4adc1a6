import type { RedisLink, RedisLinks } from "@/lib/broker/redis/redis-link";
import { runPipeline } from "@/lib/broker/redis/run-pipeline";
import type { ExactArgs } from "@/lib/celery/args/exact-args";
import { decodeResultMeta } from "@/lib/celery/result/decode-result-meta";
import { readBackendArgs } from "@/lib/celery/result/read-backend-args";
import { AppError } from "@/lib/errors";
import { groupBySize } from "../group-by-size";
import type { ResultBackend, ResultBackendStatus, ResultHandler } from "../result-backend";

/** Celery's Redis result backend: a key a task, and a channel of the same name (celery-wire.md G.2). */
export class RedisResultBackend implements ResultBackend {
  readonly source = "redis-backend";
  readonly #links: RedisLinks;
  readonly #commands: RedisLink;
  readonly #prefix: string;

  constructor(links: RedisLinks, prefix: string) {
    this.#links = links;
    this.#commands = links.open("results");
    this.#prefix = prefix;
  }

  getStatus(): ResultBackendStatus {
    const { error, ...status } = this.#links.board.status;
    return { ...status, error: error && inOurWords(error) };
  }

  async listArgs(taskIds: readonly string[]): Promise<ReadonlyMap<string, ExactArgs>> {
    const found = new Map<string, ExactArgs>();
    for (const keys of groupBySize(await this.#measure(taskIds))) {
      const entries = await this.#call((link) => link.call((client) => client.mgetBuffer(...keys)));
      for (const [index, entry] of entries.entries()) {
        const meta = entry && decodeResultMeta(entry);
        if (!meta) continue;
        const id = keys[index]?.slice(this.#prefix.length) ?? "";
        found.set(id, { source: this.source, name: meta.name, ...readBackendArgs(meta) });
      }
    }
    return found;
  }

  readonly subscribeResults = async (handler: ResultHandler, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    const pattern = `${this.#prefix.replace(/[*?[\]\\^]/g, "\\$&")}*`;
    const link = this.#links.open("result-events", (client) => client.psubscribe(pattern));
    // Undecoded: Redis cuts subscribers that drain their socket too slowly (client-output-buffer-limit pubsub).
    link.client.on("pmessageBuffer", (_pattern: unknown, channel: Buffer, entry: Buffer) =>
      handler(channel.toString().slice(this.#prefix.length), entry, Date.now()),
    );
    signal.addEventListener("abort", () => void this.#links.close(link), { once: true });
    await link.waitUntilReady(signal);
  };

  close(): Promise<void> {
    return this.#links.closeAll();
  }

  /** STRLEN costs the same for any size, and a key that isn't there has 0. */
  async #measure(taskIds: readonly string[]): Promise<{ key: string; bytes: number }[]> {
    if (taskIds.length === 0) return [];
    const keys = taskIds.map((id) => this.#prefix + id);
    const sizes = await this.#call((link) =>
      link.call((client) => {
        const pipeline = client.pipeline();
        for (const key of keys) pipeline.strlen(key);
        return runPipeline(pipeline);
      }),
    );
    return keys.map((key, index) => ({ key, bytes: Number(sizes[index] ?? 0) }));
  }

  async #call<T>(work: (link: RedisLink) => Promise<T>): Promise<T> {
    try {
      return await work(this.#commands);
    } catch (cause) {
      const reason =
        this.getStatus().error ?? (cause instanceof Error ? cause.message : "it does not answer");
      throw new AppError(
        "results_unavailable",
        `The result backend can't be read: ${inOurWords(reason).replace(/\.$/, "")}. CELERIAC_RESULT_BACKEND_URL says where it is.`,
        { cause },
      );
    }
  }
}

/** The links were made for brokers and say so. */
function inOurWords(reason: string): string {
  return reason.replace(/\bthe broker( call)?\b/gi, "the server$1");
}
