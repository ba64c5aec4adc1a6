import { AppError } from "@/lib/errors";

/** A break shorter than this is waited out; afterwards calls fail at once. */
const PATIENCE_MS = 2_000;

/** What one connection is up to. `since` is epoch ms of the last change of `ready`. */
export interface LinkState {
  readonly ready: boolean;
  readonly since: number;
  /** Why it is not ready, or null while it has not failed yet. */
  readonly error: string | null;
}

/** Keeps the state of one connection, and holds callers back for a short while when it is not ready. */
export class LinkGate {
  readonly #onChange: () => void;
  readonly #waiting = new Set<() => void>();
  #state: LinkState = { ready: false, since: Date.now(), error: null };
  #closed = false;

  /** `onChange` is told of each change of the state. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get state(): LinkState {
    return this.#state;
  }

  setState(ready: boolean, error: string | null): void {
    if (ready === this.#state.ready && error === this.#state.error) return;
    const since = ready === this.#state.ready ? this.#state.since : Date.now();
    this.#state = { ready, since, error };
    for (const wake of this.#waiting) wake();
    this.#onChange();
  }

  /** Nobody is to wait any more. */
  close(): void {
    this.#closed = true;
    this.setState(false, "it was closed");
  }

  /** Rejects with AppError `broker_unavailable` when the link has been away for 2 s or does not come back within them. */
  async pass(): Promise<void> {
    const patience = this.#state.since + PATIENCE_MS - Date.now();
    if (!this.#state.ready && patience > 0) await this.waitUntilReady(AbortSignal.timeout(patience));
    if (!this.#state.ready) throw this.#createAwayError();
  }

  /** Resolves once the link is ready, is closed, or `signal` aborts. */
  waitUntilReady(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        if (!this.#state.ready && !this.#closed && !signal.aborted) return;
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake);
      wake();
    });
  }

  #createAwayError(): AppError {
    const since = new Date(this.#state.since).toISOString();
    return new AppError(
      "broker_unavailable",
      `The broker has been away since ${since}: ${this.#state.error ?? "it has not answered yet"}.`,
    );
  }
}
