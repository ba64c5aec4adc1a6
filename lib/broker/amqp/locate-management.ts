import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { readTlsFiles } from "../tls/read-tls-files";
import type { AmqpNode } from "./amqp-target";
import type { ManagementTarget } from "./management-client";

const DEFAULT_PORT = 15672;
const DEFAULT_TLS_PORT = 15671;

/**
 * Returns where the management API of the broker that `node` belongs to is: at `url` if given (with its user, else the
 * broker's), else on the node's host at RabbitMQ's default port; where the broker speaks TLS, only over TLS. Throws AppError
 * `unprocessable` for a wrong URL.
 */
export function locateManagement(node: AmqpNode, url: string | null): ManagementTarget {
  const tls = node.tls === null ? {} : readTlsFiles(node.tls);
  const { username, password } = node;
  if (url === null) {
    const host = node.host.includes(":") ? `[${node.host}]` : node.host;
    const baseUrl =
      node.tls === null ? `http://${host}:${DEFAULT_PORT}` : `https://${host}:${DEFAULT_TLS_PORT}`;
    return { baseUrl, username, password, tls };
  }
  const given = URL.canParse(url) ? new URL(url) : null;
  if (given === null || !/^https?:$/.test(given.protocol)) {
    const shown = maskUrl(url);
    throw new AppError(
      "unprocessable",
      `RABBITMQ_MANAGEMENT_URL: got "${shown}"; it takes a URL such as http://user:password@host:15672`,
    );
  }
  const account =
    given.username === ""
      ? { username, password }
      : { username: decodeURIComponent(given.username), password: decodeURIComponent(given.password) };
  return { baseUrl: `${given.origin}${given.pathname.replace(/\/(api\/?)?$/, "")}`, ...account, tls };
}
