/** One member of a `_kombu.binding.<exchange>` set. */
export interface Binding {
  readonly routingKey: string;
  /** The topic pattern as a Python regex; empty for direct and fanout exchanges. */
  readonly pattern: string;
  readonly queue: string;
}

/** Reads `routing_key SEP pattern SEP queue` (celery-wire.md B.1), or returns null for anything else. */
export function parseBinding(member: string, separator: string): Binding | null {
  const [routingKey, pattern, queue, ...more] = member.split(separator);
  if (routingKey === undefined || pattern === undefined || !queue || more.length > 0) return null;
  return { routingKey, pattern, queue };
}

/**
 * Whether a bound queue holds tasks: not a worker's mailbox, a reply queue, an event receiver's queue or one of
 * Celery's delaying queues.
 */
export function isTaskQueue(queue: string): boolean {
  return !(queue.endsWith(".pidbox") || queue.startsWith("celeryev.") || queue.startsWith("celery_delayed_"));
}
