type Listener = () => void;

/**
 * Whether the screen may move, and if not, why. One object a tab: the stream, window focus and reconnects ask it
 * before they refetch anything. Several holders may hold at once; it lets go when the last one does.
 */
export class LivePause {
  #reasons: readonly string[] = [];
  readonly #listeners = new Set<Listener>();

  /** Holds the screen still for `reason`, shown to the reader; returns what lets go. */
  hold(reason: string): () => void {
    const holder = { reason };
    this.#holders.add(holder);
    this.#publish();
    return () => {
      if (this.#holders.delete(holder)) this.#publish();
    };
  }

  get isHeld(): boolean {
    return this.#holders.size > 0;
  }

  /** The reasons it is held for; the same array until they change. */
  get reasons(): readonly string[] {
    return this.#reasons;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly #holders = new Set<{ reason: string }>();

  #publish(): void {
    this.#reasons = [...new Set([...this.#holders].map((holder) => holder.reason))];
    for (const listener of this.#listeners) listener();
  }
}
