import type { LivePause } from "./live-pause";

interface TopicPaceOptions {
  /** Rest after each refetch, at least. */
  readonly restMs: number;
  readonly pause: LivePause;
  /** Resolves once what is on screen of the topic is fetched again. */
  readonly refetch: () => Promise<unknown>;
}

/**
 * Has what a topic moves refetched: at once after a time of quiet, else after a rest, which is at least as long as the refetch took, so
 * that a server which is slow is asked less often; held while paused.
 */
export class TopicPace {
  readonly #options: TopicPaceOptions;
  #hasMoved = false;
  #isBusy = false;
  #dueAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TopicPaceOptions) {
    this.#options = options;
  }

  /** The topic has moved. */
  note(): void {
    this.#hasMoved = true;
    this.schedule();
  }

  /** To be called when the pause ends, too. */
  schedule(): void {
    if (this.#timer !== undefined || this.#isBusy || !this.#hasMoved || this.#options.pause.isHeld) return;
    this.#timer = setTimeout(() => void this.#refetch(), Math.max(0, this.#dueAt - Date.now()));
  }

  /** That it has moved is forgotten. */
  stop(): void {
    this.#hasMoved = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #refetch(): Promise<void> {
    this.#timer = undefined;
    if (this.#options.pause.isHeld) return;
    this.#hasMoved = false;
    this.#isBusy = true;
    const startedAt = Date.now();
    // A query that fails shows so itself.
    await this.#options.refetch().catch(() => undefined);
    const endedAt = Date.now();
    this.#dueAt = endedAt + Math.max(this.#options.restMs, endedAt - startedAt);
    this.#isBusy = false;
    this.schedule();
  }
}
