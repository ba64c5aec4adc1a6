import type { Settings } from "@/lib/env";

/** kombu's default, when CELERIAC_BROKER_OPTIONS doesn't say. */
const DEFAULT_SECONDS = 3_600;

/**
 * Seconds after which Redis gives a message that no worker acknowledged to another one (celery-wire.md B.4, K); null on RabbitMQ,
 * which does so as soon as the worker's connection ends.
 */
export function getVisibilityTimeout(
  settings: Pick<Settings, "CELERY_BROKER_URL" | "CELERIAC_BROKER_OPTIONS">,
): number | null {
  const isRedis = /^(redis|rediss|redis\+socket|sentinel):/.test(settings.CELERY_BROKER_URL);
  return isRedis ? Number(settings.CELERIAC_BROKER_OPTIONS.visibility_timeout ?? DEFAULT_SECONDS) : null;
}
