import type { Topic } from "@/lib/api/schemas/live";
import type { LivePause } from "./live-pause";

/** After a refetch comes a rest of so many times as long as it took: a server that is slow is asked less often. */
const REST_FACTOR = 3;

interface TopicPaceOptions {
  /** Rest after each refetch, at least. */
  readonly restMs: number;
  readonly pause: LivePause;
  /** Resolves once what is on screen of the topics is fetched again. */
  readonly refetch: (topics: readonly Topic[]) => Promise<unknown>;
}

/** Gathers topics that have moved and has them refetched: at once after a time of quiet, else after a rest; held while paused. */
export class TopicPace {
  readonly #options: TopicPaceOptions;
  readonly #pending = new Set<Topic>();
  #isBusy = false;
  #dueAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TopicPaceOptions) {
    this.#options = options;
  }

  note(topics: readonly Topic[]): void {
    for (const topic of topics) this.#pending.add(topic);
    this.schedule();
  }

  /** To be called when the pause ends, too. */
  schedule(): void {
    const { isHeld } = this.#options.pause;
    if (this.#timer !== undefined || this.#isBusy || this.#pending.size === 0 || isHeld) return;
    this.#timer = setTimeout(() => void this.#refetch(), Math.max(0, this.#dueAt - Date.now()));
  }

  /** What has moved and waits is forgotten. */
  stop(): void {
    this.#pending.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #refetch(): Promise<void> {
    this.#timer = undefined;
    if (this.#options.pause.isHeld) return;
    const topics = [...this.#pending];
    this.#pending.clear();
    this.#isBusy = true;
    const startedAt = Date.now();
    // A query that fails shows so itself.
    await this.#options.refetch(topics).catch(() => undefined);
    const endedAt = Date.now();
    this.#dueAt = endedAt + Math.max(this.#options.restMs, REST_FACTOR * (endedAt - startedAt));
    this.#isBusy = false;
    this.schedule();
  }
}
