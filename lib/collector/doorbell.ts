/** Lets one loop sleep until its time has come or somebody has work for it. */
export class Doorbell {
  #isRung = false;
  #wake: () => void = () => undefined;

  /** Ends the wait at hand, or the next one at once. */
  ring(): void {
    this.#isRung = true;
    this.#wake();
  }

  /** Resolves after `ms`, when rung or when `signal` aborts. One waits at a time. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          // A listener left behind each turn would be a leak of years.
          signal.removeEventListener("abort", wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        signal.addEventListener("abort", wake);
        this.#wake = wake;
      });
    }
    this.#isRung = false;
  }
}
