import type { QueryClient } from "@tanstack/react-query";
import type { Pace } from "@/lib/api/queries/pace";
import { statsKeys } from "@/lib/api/queries/stats";
import type { Stats, Topic } from "@/lib/api/schemas/live";
import { TOPICS } from "@/lib/api/schemas/live";
import { openEventStream, type StreamStatus } from "./event-stream";
import type { LivePause } from "./live-pause";
import { invalidateTopic } from "./topic-keys";
import { TopicPace } from "./topic-pace";

/** Rest between two refetches; changes are told four times a second at most. */
const REST_MS = { quick: 50, calm: 1_500 } satisfies Partial<Record<Pace, number>>;
const PACES = ["quick", "calm"] as const satisfies (keyof typeof REST_MS)[];

export interface LiveState {
  status: StreamStatus;
  /** When the stream was last heard, epoch ms; null before the first time. */
  heardAt: number | null;
}

/** Carries the stream into the query cache: `stats` at once, `change` a topic at a time, held while paused. */
export class LiveStore {
  #state: LiveState = { status: "connecting", heardAt: null };
  readonly #listeners = new Set<() => void>();
  readonly #paces: ReadonlyMap<Topic, readonly TopicPace[]>;
  readonly #client: QueryClient;
  readonly #pause: LivePause;

  constructor(client: QueryClient, pause: LivePause) {
    this.#client = client;
    this.#pause = pause;
    // Each for itself, so that one which is slow to fetch keeps no other back.
    this.#paces = new Map(TOPICS.map((topic) => [topic, PACES.map((pace) => this.#createPace(topic, pace))]));
  }

  #createPace(topic: Topic, pace: keyof typeof REST_MS): TopicPace {
    const refetch = () => invalidateTopic(this.#client, topic, pace);
    return new TopicPace({ restMs: REST_MS[pace], pause: this.#pause, refetch });
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
    const release = this.#pause.subscribe(() => {
      for (const pace of [...this.#paces.values()].flat()) pace.schedule();
    });
    return () => {
      abort.abort();
      release();
      for (const pace of [...this.#paces.values()].flat()) pace.stop();
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
    for (const pace of topics.flatMap((topic) => this.#paces.get(topic) ?? [])) pace.note();
  }

  #noteStats(stats: Stats): void {
    const before = this.#client.getQueryData<Stats>(statsKeys.all);
    this.#client.setQueryData(statsKeys.all, stats);
    // Heartbeats move the workers all the time and can wait; that one came or went can't.
    const hasMoved = before !== undefined && before.workersOnline !== stats.workersOnline;
    if (hasMoved && !this.#pause.isHeld) void invalidateTopic(this.#client, "workers", "quick");
  }

  #setStatus(status: StreamStatus): void {
    if (status === this.#state.status && status !== "live") return;
    const before = this.#state.status;
    this.#state = { status, heardAt: status === "live" ? Date.now() : this.#state.heardAt };
    if (status !== before) for (const listener of this.#listeners) listener();
  }
}
