import { readTlsFiles } from "../tls/read-tls-files";
import type { AmqpNodes } from "./amqp-target";
import { locateManagement } from "./locate-management";
import { parseAmqpOptions } from "./parse-amqp-options";
import { parseAmqpUrl } from "./parse-amqp-url";

export interface AmqpSettings {
  readonly url: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Of the management API; null: on the broker's host at the default port. */
  readonly managementUrl: string | null;
}

/** Reads the settings of kombu's RabbitMQ transport; throws as `checkBrokerSettings` does. */
export function readAmqpSettings({ url, options, managementUrl }: AmqpSettings): AmqpNodes {
  const nodes = parseAmqpUrl(url, parseAmqpOptions(options).tls);
  for (const { tls } of nodes) if (tls !== null) readTlsFiles(tls);
  locateManagement(nodes[0], managementUrl);
  return nodes;
}
