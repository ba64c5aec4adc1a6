import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { type Refuse, splitBrokerUrl, type UrlParts } from "../split-broker-url";
import { parseTlsParameters } from "../tls/parse-tls-parameters";
import type { RedisEndpoint, RedisTarget } from "./redis-target";

/** The URL schemes of kombu's Redis transport. */
export const REDIS_SCHEMES = ["redis", "rediss", "redis+socket", "sentinel"] as const;

const DEFAULT_PORTS = { redis: 6379, rediss: 6379, sentinel: 26379 } as const;

/**
 * Parses a broker URL as kombu 5.7 does (celery-wire.md B.7): user, password and host percent-decoded, the database number
 * from the path (from `virtual_host` for `redis+socket`); with several `sentinel://` nodes all but host and port come
 * from the first. Differs in one point: `rediss` without `ssl_cert_reqs` verifies the certificate.
 * Throws AppError `unprocessable` that names the setting, shows the URL with its secrets masked and says which part is
 * wrong.
 */
export function parseRedisUrl(text: string, setting = "CELERY_BROKER_URL"): RedisTarget {
  const refuse: Refuse = (problem) =>
    new AppError("unprocessable", `${setting}: got "${maskUrl(text)}": ${problem}`);
  const scheme = REDIS_SCHEMES.find((candidate) => text.startsWith(`${candidate}://`));
  if (scheme === undefined) {
    throw refuse(`it must start with one of ${REDIS_SCHEMES.map((name) => `${name}://`).join(", ")}`);
  }
  const [first, ...others] = text.split(";").map((node) => splitBrokerUrl(node, refuse));
  if (first === undefined) throw refuse("it is empty");
  if (others.length > 0 && scheme !== "sentinel") {
    throw refuse("a list of several servers is for sentinel:// only; give the one that is in use");
  }
  if (others.some((node) => node.scheme !== scheme)) throw refuse("all nodes must start with sentinel://");
  if (first.query.has("credential_provider")) {
    throw refuse("credential_provider names a Python class; give a user and a password instead");
  }
  const database = scheme === "redis+socket" ? (first.query.get("virtual_host") ?? "") : first.path;
  return {
    endpoint: toEndpoint(scheme, [first, ...others], refuse),
    username: first.username || null,
    password: first.password || null,
    database: parseDatabase(database, refuse),
    tls: parseTlsParameters(first.query, scheme === "rediss", refuse),
  };
}

function toEndpoint(
  scheme: (typeof REDIS_SCHEMES)[number],
  nodes: readonly [UrlParts, ...UrlParts[]],
  refuse: Refuse,
): RedisEndpoint {
  if (scheme === "redis+socket") {
    const { path } = nodes[0];
    if (path.length < 2) throw refuse("it names no socket; write redis+socket:///path/to/redis.sock");
    return { kind: "unix", path };
  }
  const locate = ({ host, port }: UrlParts) => ({
    host: host || "127.0.0.1",
    port: port || DEFAULT_PORTS[scheme],
  });
  if (scheme === "sentinel") return { kind: "sentinel", nodes: nodes.map(locate) };
  return { kind: "tcp", ...locate(nodes[0]) };
}

function parseDatabase(text: string, refuse: Refuse): number {
  const number = text.replace(/^\/{0,2}/, "");
  if (number === "") return 0;
  if (!/^\d{1,9}$/.test(number)) throw refuse(`the database is "${number}"; it takes a number such as 0`);
  return Number(number);
}
