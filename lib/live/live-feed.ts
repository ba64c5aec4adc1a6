import { setTimeout as sleep } from "node:timers/promises";
import { type Channel, createChannel, type Session } from "better-sse";
import type { Logger } from "pino";
import { listTopicVersions } from "@/lib/store/changes";
import type { Store } from "@/lib/store/store";
import { getLiveStats } from "./live-stats";

const TAIL_MS = 250;
const STATS_MS = 1000;
const RETRY_MS = 2000;

/** Tells the browsers of this process what moved: tails the store's change table while anybody listens. */
export class LiveFeed {
  readonly #channel: Channel = createChannel();
  readonly #store: Store;
  readonly #logger: Logger;
  /** What is being done, each on its own: reading the stats of a big store must not hold a change up. */
  readonly #underWay = new Set<string>();
  #seen: ReadonlyMap<string, number> | null = null;

  constructor(store: Store, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** Adds a browser; it hears `change` within 250 ms of a change and `stats` each second, until it leaves. */
  register(session: Session): void {
    this.#channel.register(session);
    void this.#repeat("changes", TAIL_MS, () => this.#announceChanges());
    void this.#repeat("stats", STATS_MS, () => this.#announceStats());
  }

  /**
   * Does `work` each `everyMs`, counted from its start, while anybody listens, and rests for at least as long as it took: a store that is
   * slow is asked less often. Returns at once when that is being done.
   */
  async #repeat(name: string, everyMs: number, work: () => Promise<void>): Promise<void> {
    if (this.#underWay.has(name)) return;
    this.#underWay.add(name);
    while (this.#channel.sessionCount > 0) {
      const startedAt = Date.now();
      try {
        await work();
        const tookMs = Date.now() - startedAt;
        await sleep(Math.max(everyMs - tookMs, tookMs));
      } catch (error) {
        this.#logger.warn({ err: error }, `cannot read the store's ${name}`);
        await sleep(RETRY_MS);
      }
    }
    this.#underWay.delete(name);
  }

  async #announceChanges(): Promise<void> {
    const versions = await listTopicVersions(this.#store);
    const seen = this.#seen;
    this.#seen = versions;
    const topics = [...versions.keys()].filter(
      (topic) => seen !== null && versions.get(topic) !== seen.get(topic),
    );
    if (topics.length > 0) this.#channel.broadcast({ topics }, "change");
  }

  async #announceStats(): Promise<void> {
    this.#channel.broadcast(await getLiveStats(this.#store, Date.now()), "stats");
  }
}
