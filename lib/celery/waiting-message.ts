/** What a message in a queue says of itself, for a person who looks. null is "not said", or not to be read. */
export interface WaitingMessage {
  readonly id: string | null;
  readonly task: string | null;
  /** The repr that the sender gave, else the values as JSON; whole, and with their secrets. */
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly priority: number | null;
  readonly retries: number | null;
  /** ISO 8601, as the sender wrote it. */
  readonly eta: string | null;
  /** Epoch ms by the sender's clock: from AMQP's timestamp, which Celery does not set. */
  readonly sentAt: number | null;
  /** Whether it was handed out before and came back. */
  readonly isRedelivered: boolean;
  /** In words, all that is wrong with it or could not be read; null for a sound message. */
  readonly problem: string | null;
  /** Whether a worker that takes it dies of it; then it goes back to the queue and kills the next (docs/celery-versions.md). */
  readonly isDeadly: boolean;
}
