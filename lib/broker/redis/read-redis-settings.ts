import { AppError } from "@/lib/errors";
import { readTlsFiles } from "../tls/read-tls-files";
import { parseRedisOptions, type RedisOptions } from "./parse-redis-options";
import { parseRedisUrl } from "./parse-redis-url";
import type { RedisTarget } from "./redis-target";

export interface RedisSettings {
  readonly target: RedisTarget;
  readonly options: RedisOptions;
}

/** Reads the settings of kombu's Redis transport; throws as `checkBrokerSettings` does. */
export function readRedisSettings(url: string, rawOptions: Readonly<Record<string, unknown>>): RedisSettings {
  const target = parseRedisUrl(url);
  const options = parseRedisOptions(rawOptions);
  if (target.endpoint.kind === "sentinel" && options.masterName === null) {
    throw new AppError(
      "unprocessable",
      'CELERIAC_BROKER_OPTIONS: sentinel:// needs "master_name", the name of the master',
    );
  }
  if (target.tls !== null) readTlsFiles(target.tls);
  return { target, options };
}
