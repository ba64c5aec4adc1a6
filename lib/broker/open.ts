import { openAmqpBroker } from "./amqp/open-amqp-broker";
import type { Broker } from "./broker";
import { type BrokerSettings, findTransport } from "./broker-settings";
import { openRedisBroker } from "./redis/open-redis-broker";

/**
 * Returns the broker of the URL's scheme and begins to connect to it; it comes back by itself until `close()`.
 * Throws as `checkBrokerSettings` does; never because the broker is away.
 */
export function openBroker({ url, options = {}, managementUrl = null }: BrokerSettings): Broker {
  return findTransport(url) === "redis"
    ? openRedisBroker(url, options)
    : openAmqpBroker({ url, options, managementUrl });
}
