import { LinkPool } from "@/lib/broker/link/link-pool";
import { createClientOptions } from "@/lib/broker/redis/create-client-options";
import { parseRedisOptions } from "@/lib/broker/redis/parse-redis-options";
import { parseRedisUrl } from "@/lib/broker/redis/parse-redis-url";
import { RedisLink, type RedisLinks } from "@/lib/broker/redis/redis-link";
import { AppError } from "@/lib/errors";
import { maskUrl } from "@/lib/mask-url";
import { ResultConnection } from "@/lib/results/database/connection";
import { findProvider } from "@/lib/results/database/find-provider";
import { CELERY_TABLE, CeleryResultTable } from "./database/celery-result-table";
import { toDatabaseUrl } from "./database/to-database-url";
import { readKeyPrefix } from "./redis/read-key-prefix";
import { RedisResultBackend } from "./redis/redis-result-backend";
import type { ResultBackend } from "./result-backend";

const SETTING = "CELERIAC_RESULT_BACKEND_URL";

/**
 * Opens Celery's result backend at a `result_backend` URL, read-only. Returns at once: the connection is made in the
 * background, and again whenever it is lost. Throws AppError `unprocessable`, with secrets masked, for a URL that makes
 * no sense. `close` it when done.
 */
export function openResultBackend(url: string): ResultBackend {
  return /^rediss?:/.test(url) ? openRedis(url) : openDatabase(url);
}

function openRedis(url: string): ResultBackend {
  const target = parseRedisUrl(url, SETTING);
  const options = parseRedisOptions({});
  const links: RedisLinks = new LinkPool(maskUrl(url), (onChange, role, prepare) => {
    return new RedisLink({ client: createClientOptions(target, options, role), prepare, onChange });
  });
  return new RedisResultBackend(links, readKeyPrefix(url));
}

function openDatabase(url: string): ResultBackend {
  const databaseUrl = toDatabaseUrl(url);
  const provider = databaseUrl === null ? null : findProvider(databaseUrl);
  if (databaseUrl === null || provider === null) {
    throw new AppError(
      "unprocessable",
      `${SETTING}: got "${maskUrl(url)}"; it takes redis://, rediss://, db+postgresql://, db+mysql:// or db+sqlite:///`,
    );
  }
  const { dialect } = provider;
  const connection = new ResultConnection(provider.create(databaseUrl), dialect, CELERY_TABLE);
  return new CeleryResultTable({ connection, dialect, maskedUrl: maskUrl(url) });
}
