import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { AMQP_SCHEMES } from "./amqp/parse-amqp-url";
import { readAmqpSettings } from "./amqp/read-amqp-settings";
import { REDIS_SCHEMES } from "./redis/parse-redis-url";
import { readRedisSettings } from "./redis/read-redis-settings";

export interface BrokerSettings {
  /** As Celery's `broker_url`. */
  readonly url: string;
  /** As Celery's `broker_transport_options`; those without meaning for us are ignored. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Of RabbitMQ's management API; by default it is looked for on the broker's host. */
  readonly managementUrl?: string | null | undefined;
}

/**
 * Throws AppError `unprocessable`, with secrets masked, for an unsupported scheme, a wrong URL or option, or a certificate file
 * that can't be read. Connects to nothing, and loads no client.
 */
export function checkBrokerSettings({ url, options = {}, managementUrl = null }: BrokerSettings): void {
  if (findTransport(url) === "redis") readRedisSettings(url, options);
  else readAmqpSettings({ url, options, managementUrl });
}

/** Returns the transport that the URL's scheme names; throws AppError `unprocessable` for any other. */
export function findTransport(url: string): "redis" | "amqp" {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1] ?? "";
  if (REDIS_SCHEMES.some((known) => known === scheme)) return "redis";
  if (AMQP_SCHEMES.some((known) => known === scheme)) return "amqp";
  throw new AppError(
    "unprocessable",
    `CELERY_BROKER_URL: got "${maskUrl(url)}": ${scheme === "" ? "it has no scheme" : `"${scheme}" is not supported yet`}; ` +
      `it takes ${[...REDIS_SCHEMES, ...AMQP_SCHEMES].map((known) => `${known}://`).join(", ")}`,
  );
}
