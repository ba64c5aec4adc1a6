/**
 * Acknowledges deliveries of one channel in their order, many at once: RabbitMQ forgets a message only after it and all
 * before it were handled.
 */
export class AckWindow {
  readonly #acknowledgeUpTo: (deliveryTag: number) => void;
  readonly #handled = new Set<number>();
  /** Tags begin with 1 and grow by 1 on each channel. */
  #acknowledged = 0;
  #delivered = 0;
  #isScheduled = false;
  #onEmpty: () => void = () => undefined;

  /** `acknowledgeUpTo` tells the broker that this delivery and all before it are done; it must not throw. */
  constructor(acknowledgeUpTo: (deliveryTag: number) => void) {
    this.#acknowledgeUpTo = acknowledgeUpTo;
  }

  /** To be called for each delivery, in order. */
  markDelivered(deliveryTag: number): void {
    this.#delivered = deliveryTag;
  }

  /** To be called once for each delivery when it has been handled. */
  markHandled(deliveryTag: number): void {
    this.#handled.add(deliveryTag);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#acknowledge());
  }

  /** Resolves when all that was delivered has been acknowledged. */
  whenEmpty(): Promise<void> {
    if (this.#acknowledged === this.#delivered) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onEmpty = resolve;
    });
  }

  #acknowledge(): void {
    this.#isScheduled = false;
    let upTo = this.#acknowledged;
    while (this.#handled.delete(upTo + 1)) upTo += 1;
    if (upTo === this.#acknowledged) return;
    this.#acknowledged = upTo;
    this.#acknowledgeUpTo(upTo);
    if (upTo === this.#delivered) this.#onEmpty();
  }
}
