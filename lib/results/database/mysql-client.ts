import { PrismaMariaDb } from "@prisma/adapter-mariadb";
import { createPool, type PoolConfig } from "mariadb";
import { PrismaClient } from "../generated/mysql/client";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS, POOL_SIZE, STATEMENT_TIMEOUT_MS } from "./database";
import { mysqlAddress } from "./mysql-address";

/**
 * What each new session is told. Not even a statement on its own may write then (error 1792). The time limit has
 * another name and unit on MariaDB than on MySQL; each reads its own comment.
 */
const SESSION_STATEMENTS = [
  "SET SESSION TRANSACTION READ ONLY",
  `SET /*M! SESSION max_statement_time = ${STATEMENT_TIMEOUT_MS / 1000}, */ /*!50708 SESSION max_execution_time = ${STATEMENT_TIMEOUT_MS}, */ SESSION lock_wait_timeout = ${CONNECT_TIMEOUT_MS / 1000}`,
];

/** A client of a `mysql://` URL; every session is made read-only before its first use. */
export function createMysqlClient(url: URL): PrismaClient {
  return new PrismaClient({ adapter: new SafeMariaDb(poolSettings(url)) });
}

type MysqlPool = ConstructorParameters<typeof PrismaMariaDb>[0];

/**
 * Prisma's adapter on a newer mariadb than its own 3.4.5. That one leaves behind a promise of its own when a connection
 * breaks during our SESSION_STATEMENTS, and the rejection that nobody handles would end the process.
 */
class SafeMariaDb extends PrismaMariaDb {
  readonly #settings: PoolConfig;

  constructor(settings: ReturnType<typeof poolSettings>) {
    super(settings);
    this.#settings = settings;
  }

  override connect(): ReturnType<PrismaMariaDb["connect"]> {
    // The releases' types differ only in what a field tells of its column, and the adapter reads no more than 3.4.5 tells.
    const pool = createPool(this.#settings) as unknown as MysqlPool;
    return new PrismaMariaDb(pool, { disposeExternalPool: true }).connect();
  }
}

function poolSettings(url: URL) {
  const { hostname } = url;
  const isLocal = url.searchParams.has("socket") || /^(localhost|127\..*|\[::1\])$/.test(hostname);
  return {
    ...mysqlAddress(url),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ssl: sslSetting(url.searchParams.get("ssl")),
    // MySQL 8's default login needs the server's key. Without TLS only this machine can be trusted to hand it out.
    allowPublicKeyRetrieval: isLocal,
    connectTimeout: CONNECT_TIMEOUT_MS,
    acquireTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: ANSWER_TIMEOUT_MS,
    idleTimeout: 30,
    connectionLimit: POOL_SIZE,
    // With 0 the pool would never open a connection.
    minimumIdle: 1,
    initSql: SESSION_STATEMENTS,
    // A reset between uses would undo what the session was told.
    resetAfterUse: false,
    // Prisma's own choice, which it makes only for a pool that it creates.
    prepareCacheLength: 0,
  };
}

/** `ssl=true` checks the server's certificate, `ssl=skip-verify` only encrypts. */
function sslSetting(value: string | null) {
  if (value === null || value === "false") return false;
  return value === "skip-verify" ? { rejectUnauthorized: false } : true;
}
