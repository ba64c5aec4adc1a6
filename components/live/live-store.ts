import type { QueryClient } from "@tanstack/react-query";
import { statsKeys } from "@/lib/api/queries/stats";
import type { Stats, Topic } from "@/lib/api/schemas/live";
import { TOPICS } from "@/lib/api/schemas/live";
import { openEventStream, type StreamStatus } from "./event-stream";
import type { LivePause } from "./live-pause";
import { invalidateTopics } from "./topic-keys";

/** Lists refetch at most this often, however fast the cluster is: a person can't read faster. */
const SETTLE_MS = 1_500;

export interface LiveState {
  status: StreamStatus;
  /** When the stream was last heard, epoch ms; null before the first time. */
  heardAt: number | null;
}

/** Carries the stream into the query cache: `stats` at once, `change` a topic at a time, held while paused. */
export class LiveStore {
  #state: LiveState = { status: "connecting", heardAt: null };
  readonly #pending = new Set<Topic>();
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #client: QueryClient;
  readonly #pause: LivePause;

  constructor(client: QueryClient, pause: LivePause) {
    this.#client = client;
    this.#pause = pause;
  }

  /** Listens until the returned function is called. */
  start(): () => void {
    const abort = new AbortController();
    openEventStream(
      {
        onChange: (topics) => this.#note(topics),
        onStats: (stats) => this.#noteStats(stats),
        onStatus: (status) => this.#setStatus(status),
        onResume: () => this.#note(TOPICS),
      },
      abort.signal,
    );
    const release = this.#pause.subscribe(() => this.#schedule());
    return () => {
      abort.abort();
      release();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  get state(): LiveState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #note(topics: readonly Topic[]): void {
    for (const topic of topics) this.#pending.add(topic);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#pending.size === 0 || this.#pause.isHeld) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pause.isHeld) return;
      invalidateTopics(this.#client, this.#pending);
      this.#pending.clear();
    }, SETTLE_MS);
  }

  #noteStats(stats: Stats): void {
    const before = this.#client.getQueryData<Stats>(statsKeys.all);
    this.#client.setQueryData(statsKeys.all, stats);
    // Heartbeats move the workers all the time and can wait; that one came or went can't.
    const hasMoved = before !== undefined && before.workersOnline !== stats.workersOnline;
    if (hasMoved && !this.#pause.isHeld) invalidateTopics(this.#client, ["workers"]);
  }

  #setStatus(status: StreamStatus): void {
    if (status === this.#state.status && status !== "live") return;
    const before = this.#state.status;
    this.#state = { status, heardAt: status === "live" ? Date.now() : this.#state.heardAt };
    if (status !== before) for (const listener of this.#listeners) listener();
  }
}
