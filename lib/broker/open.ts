import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { openAmqpBroker } from "./amqp/open-amqp-broker";
import { AMQP_SCHEMES } from "./amqp/parse-amqp-url";
import type { Broker } from "./broker";
import { openRedisBroker } from "./redis/open-redis-broker";
import { REDIS_SCHEMES } from "./redis/parse-redis-url";

export interface BrokerSettings {
  /** As Celery's `broker_url`. */
  readonly url: string;
  /** As Celery's `broker_transport_options`; those without meaning for us are ignored. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Of RabbitMQ's management API; by default it is looked for on the broker's host. */
  readonly managementUrl?: string | undefined;
}

/**
 * Returns the broker of the URL's scheme and begins to connect to it; it comes back by itself until `close()`.
 * Throws AppError `unprocessable`, with secrets masked, for an unsupported scheme, a wrong URL or option, or a certificate
 * file that can't be read; never because the broker is away.
 */
export function openBroker({ url, options = {}, managementUrl }: BrokerSettings): Broker {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? "";
  if (REDIS_SCHEMES.some((known) => known === scheme)) return openRedisBroker(url, options);
  if (AMQP_SCHEMES.some((known) => known === scheme)) {
    return openAmqpBroker({ url, options, managementUrl: managementUrl ?? null });
  }
  throw new AppError(
    "unprocessable",
    `CELERY_BROKER_URL: got "${maskUrl(url)}": ${scheme === "" ? "it has no scheme" : `"${scheme}" is not supported yet`}; ` +
      `it takes ${[...REDIS_SCHEMES, ...AMQP_SCHEMES].map((known) => `${known}://`).join(", ")}`,
  );
}
