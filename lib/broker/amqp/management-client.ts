import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { ConnectionOptions } from "node:tls";

const TIMEOUT_MS = 2_000;
/** One that does not answer is asked again after this, so that not every look waits for it. */
const REST_MS = 30_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Where RabbitMQ's management API is, and how to log in. */
export interface ManagementTarget {
  /** Up to before `/api`, without user and password. */
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly tls: ConnectionOptions;
}

/** Reads from RabbitMQ's management API, where it is there. */
export class ManagementClient {
  readonly #getTarget: () => ManagementTarget;
  #restUntil = 0;

  /** `getTarget` is asked for each call: a failover moves it. */
  constructor(getTarget: () => ManagementTarget) {
    this.#getTarget = getTarget;
  }

  /**
   * Returns the parsed answer to a GET of `/api/<path>`, or null when the API is not there, refuses us or takes longer than
   * 2 s; then nothing is asked for 30 s. Never rejects.
   */
  async get(path: string): Promise<unknown> {
    if (Date.now() < this.#restUntil) return null;
    try {
      return JSON.parse(await fetchText(this.#getTarget(), path));
    } catch {
      this.#restUntil = Date.now() + REST_MS;
      return null;
    }
  }
}

function fetchText(target: ManagementTarget, path: string): Promise<string> {
  const url = `${target.baseUrl}/api/${path}`;
  const request = url.startsWith("https:") ? requestHttps : requestHttp;
  const options = {
    ...target.tls,
    auth: `${target.username}:${target.password}`,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  return new Promise((resolve, reject) => {
    const call = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > MAX_ANSWER_BYTES) call.destroy(new Error("the answer is too long"));
      });
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString("utf8"));
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    call.on("error", reject);
    call.end();
  });
}
