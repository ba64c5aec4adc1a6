/** The properties of a received message (celery-wire.md A.1), the same on AMQP and on virtual transports. null is "not said". */
export interface MessageProperties {
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly correlationId: string | null;
  readonly replyTo: string | null;
  readonly priority: number | null;
  readonly deliveryMode: number | null;
  /** Milliseconds, as text. */
  readonly expiration: string | null;
}
