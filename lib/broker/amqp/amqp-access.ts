import type { AmqpLink } from "./amqp-link";
import type { ManagementClient } from "./management-client";

/** The two ways to a broker's queues. */
export interface AmqpAccess {
  readonly link: AmqpLink;
  readonly management: ManagementClient;
  readonly virtualHost: string;
}
