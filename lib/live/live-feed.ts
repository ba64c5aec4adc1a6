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
  #running = false;

  constructor(store: Store, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** Adds a browser; it hears `change` within 250 ms of a change and `stats` each second, until it leaves. */
  register(session: Session): void {
    this.#channel.register(session);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    let seen: ReadonlyMap<string, number> | null = null;
    let statsDue = 0;
    while (this.#channel.sessionCount > 0) {
      try {
        seen = await this.#announceChanges(seen);
        if (Date.now() >= statsDue) {
          statsDue = Date.now() + STATS_MS;
          this.#channel.broadcast(await getLiveStats(this.#store, Date.now()), "stats");
        }
        await sleep(TAIL_MS);
      } catch (error) {
        this.#logger.warn({ err: error }, "cannot read the store's changes");
        await sleep(RETRY_MS);
      }
    }
    this.#running = false;
  }

  async #announceChanges(seen: ReadonlyMap<string, number> | null): Promise<ReadonlyMap<string, number>> {
    const versions = await listTopicVersions(this.#store);
    const topics = [...versions.keys()].filter(
      (topic) => seen !== null && versions.get(topic) !== seen.get(topic),
    );
    if (topics.length > 0) this.#channel.broadcast({ topics }, "change");
    return versions;
  }
}
