import type { BrokerStatus } from "../broker";

/** One connection's part of a broker's status. */
interface ConnectionState {
  readonly ready: boolean;
  readonly error: string | null;
}

/** Makes one status of those of a broker's connections: it is connected while none of them has failed. */
export class StatusBoard {
  readonly #listeners = new Set<(status: BrokerStatus) => void>();
  readonly #connections = new Set<{ readonly state: ConnectionState }>();
  #status: BrokerStatus;

  /** `url` is shown as it is: mask it. */
  constructor(url: string) {
    this.#status = { connected: false, url, since: Date.now(), error: null };
  }

  get status(): BrokerStatus {
    return this.#status;
  }

  /** Returns the function that stops it. */
  onChange(listener: (status: BrokerStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(connection: { readonly state: ConnectionState }): void {
    this.#connections.add(connection);
  }

  remove(connection: { readonly state: ConnectionState }): void {
    this.#connections.delete(connection);
    this.update();
  }

  /** To be called when the state of a connection has changed. */
  update(): void {
    const states = [...this.#connections].map((connection) => connection.state);
    // A connection that is being opened for the first time says nothing about the broker.
    const connected =
      states.some((state) => state.ready) && states.every((state) => state.ready || state.error === null);
    const error = states.find((state) => !state.ready && state.error !== null)?.error ?? null;
    if (connected === this.#status.connected && error === this.#status.error) return;
    const since = connected === this.#status.connected ? this.#status.since : Date.now();
    this.#status = { ...this.#status, connected, since, error };
    for (const listener of this.#listeners) listener(this.#status);
  }
}
