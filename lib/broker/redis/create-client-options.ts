import type { ConnectionOptions } from "node:tls";
import type { RedisOptions as ClientOptions } from "ioredis";
import { chooseRetryDelay } from "../link/choose-retry-delay";
import { readTlsFiles } from "../tls/read-tls-files";
import type { RedisOptions } from "./parse-redis-options";
import type { RedisTarget } from "./redis-target";

/** No call waits longer than this for its reply. */
const COMMAND_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** A socket that answers nothing for this long after a command, the watchdog's PING included, is half open. */
const SOCKET_TIMEOUT_MS = 3_000;

/** Returns ioredis options for one connection; `role` shows in CLIENT LIST. Throws as `readTlsFiles` does. */
export function createClientOptions(target: RedisTarget, options: RedisOptions, role: string): ClientOptions {
  return {
    ...locate(target, options),
    username: target.username ?? undefined,
    password: target.password ?? undefined,
    db: target.database,
    connectionName: `celeriac-${role}`,
    disableClientInfo: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disconnectTimeout: 500,
    keepAlive: 10_000,
    // Asks by INFO, which not every user may; the link finds out otherwise, save for Sentinel's role of the server.
    enableReadyCheck: target.endpoint.kind === "sentinel",
    maxLoadingRetryTime: 500,
    retryStrategy: chooseRetryDelay,
    // While the broker is away a call fails; nothing is queued, and nothing that may have been done is sent twice.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // ioredis leaves the promise of its own resubscription unhandled; the link subscribes when it becomes ready.
    autoResubscribe: false,
    // A master that became a replica after a failover refuses writes: find the new one.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
  };
}

function locate({ endpoint, tls }: RedisTarget, options: RedisOptions): ClientOptions {
  const tlsOptions = tls === null ? undefined : hearAllErrors(readTlsFiles(tls));
  switch (endpoint.kind) {
    case "tcp":
      return { host: endpoint.host, port: endpoint.port, tls: tlsOptions };
    case "unix":
      return { path: endpoint.path, tls: tlsOptions };
    case "sentinel":
      return {
        sentinels: endpoint.nodes.map(({ host, port }) => ({ host, port })),
        name: options.masterName ?? undefined,
        sentinelUsername: options.sentinel.username ?? undefined,
        sentinelPassword: options.sentinel.password ?? undefined,
        sentinelTLS: options.sentinel.tls ? (tlsOptions ?? hearAllErrors({})) : undefined,
        sentinelCommandTimeout: COMMAND_TIMEOUT_MS,
        sentinelRetryStrategy: chooseRetryDelay,
        enableTLSForSentinelMode: tls !== null,
        tls: tlsOptions,
      };
  }
}

/**
 * ioredis listens for the first error of a socket only, and a TLS socket can tell two: its certificate is refused and then
 * the server's alert arrives, or the alert and then the reset. The second, with nobody listening, would end the process.
 * Node itself listens to the end where a socket has a signal. This one never aborts.
 */
function hearAllErrors(options: ConnectionOptions): ConnectionOptions & { signal: AbortSignal } {
  return { ...options, signal: new AbortController().signal };
}
