/** Of Celery, with its default settings (celery-wire.md C.1, D.1). */
export const CONTROL_EXCHANGE = "celery.pidbox";
export const EVENT_EXCHANGE = "celeryev";

/** What all that is ours in the broker begins with. */
const OURS = "celeriac.";

/** A queue that ends with the connection that declared it. */
export function nameOwnQueue(purpose: string, id: string): string {
  return `${OURS}${purpose}.${id}`;
}

/** Where a worker takes remote control. */
export function nameMailbox(hostname: string): string {
  return `${hostname}.${CONTROL_EXCHANGE}`;
}

/** Whether tasks wait here for their eta: RabbitMQ's native delayed delivery since Celery 5.5 (celery-wire.md H). */
export function isDelayQueue(queue: string): boolean {
  return /(?:^|_)celery_delayed_\d+$/.test(queue);
}

/** Whether it is ours, or one that RabbitMQ named for somebody who waits for replies. */
export function isPrivateQueue(queue: string): boolean {
  return queue.startsWith(OURS) || queue.startsWith("amq.");
}
