import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { type Refuse, splitBrokerUrl, type UrlParts } from "../split-broker-url";
import { parseTlsParameters } from "../tls/parse-tls-parameters";
import type { TlsSettings } from "../tls/tls-settings";
import type { AmqpNode, AmqpNodes } from "./amqp-target";

/** The URL schemes of kombu's RabbitMQ transport that we take. */
export const AMQP_SCHEMES = ["amqp", "amqps", "pyamqp"] as const;

const DEFAULT_ACCOUNT = "guest";
const DEFAULT_PORT = 5672;
const DEFAULT_TLS_PORT = 5671;
const LONGEST_HEARTBEAT = 3_600;

/**
 * Parses a broker URL as kombu 5.7 does: user, password, host and virtual host percent-decoded, `guest` and `/` where they
 * are not given, `;` between the servers of a failover list, of which one that is a bare host takes all else from the
 * first. Differs in one point: TLS without `ssl_cert_reqs` verifies the certificate. `tls` (from Celery's
 * `broker_use_ssl`) counts where the URL has no `ssl_*` parameters. Throws AppError `unprocessable` that shows the URL with
 * its secrets masked and says which part is wrong.
 */
export function parseAmqpUrl(text: string, tls: TlsSettings | null = null): AmqpNodes {
  const refuse: Refuse = (problem) =>
    new AppError("unprocessable", `CELERY_BROKER_URL: got "${maskUrl(text)}": ${problem}`);
  const [first = "", ...others] = text.split(";");
  const node = parseNode(first, tls, refuse);
  return [
    node,
    ...others.map((other) =>
      other.includes("://") ? parseNode(other, tls, refuse) : moveNode(node, other, refuse),
    ),
  ];
}

function parseNode(text: string, tls: TlsSettings | null, refuse: Refuse): AmqpNode {
  const parts = splitBrokerUrl(text, refuse);
  const scheme = AMQP_SCHEMES.find((candidate) => candidate === parts.scheme);
  if (scheme === undefined) {
    throw refuse(`each server must start with one of ${AMQP_SCHEMES.map((name) => `${name}://`).join(", ")}`);
  }
  const ownTls = parseTlsParameters(parts.query, false, refuse) ?? tls;
  const settings = ownTls ?? (scheme === "amqps" ? parseTlsParameters(parts.query, true, refuse) : null);
  return {
    // As kombu does: where a name has an IPv6 address too, RabbitMQ often listens on the other one only.
    host: parts.host === "" || parts.host === "localhost" ? "127.0.0.1" : parts.host,
    port: parts.port || (settings === null ? DEFAULT_PORT : DEFAULT_TLS_PORT),
    username: parts.username || DEFAULT_ACCOUNT,
    password: parts.password || DEFAULT_ACCOUNT,
    virtualHost: parts.path.replace(/^\//, "") || "/",
    tls: settings,
    login: parseLogin(parts, refuse),
    heartbeat: parseHeartbeat(parts, refuse),
  };
}

/** The same server elsewhere: a bare `host` or `host:port` of a failover list. */
function moveNode(node: AmqpNode, address: string, refuse: Refuse): AmqpNode {
  const { host, port } = splitBrokerUrl(`amqp://${address}`, refuse);
  if (host === "") throw refuse("a server of the list has no name");
  return { ...node, host, port: port || (node.tls === null ? DEFAULT_PORT : DEFAULT_TLS_PORT) };
}

function parseLogin({ query }: UrlParts, refuse: Refuse): AmqpNode["login"] {
  const method = query.get("login_method") ?? "PLAIN";
  if (method === "EXTERNAL") return "EXTERNAL";
  // RabbitMQ takes the one wherever it takes the other.
  if (method === "PLAIN" || method === "AMQPLAIN") return "PLAIN";
  throw refuse(`login_method is "${method}"; it takes PLAIN or EXTERNAL`);
}

function parseHeartbeat({ query }: UrlParts, refuse: Refuse): number | null {
  const text = query.get("heartbeat");
  if (text === null) return null;
  const seconds = Number(text);
  if (text.trim() !== "" && seconds >= 0 && seconds <= LONGEST_HEARTBEAT) return Math.round(seconds);
  throw refuse(`heartbeat is "${text}"; it takes a number of seconds from 0 to ${LONGEST_HEARTBEAT}`);
}
