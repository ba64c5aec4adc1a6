import { StatusBoard } from "../status-board";
import { createClientOptions } from "./create-client-options";
import type { RedisOptions } from "./parse-redis-options";
import { RedisLink, type RedisLinkOptions } from "./redis-link";
import type { RedisTarget } from "./redis-target";

/** All connections to one broker, and the status that they make. */
export class LinkPool {
  readonly board: StatusBoard;
  readonly #target: RedisTarget;
  readonly #options: RedisOptions;
  readonly #links = new Set<RedisLink>();

  /** `url` is shown in the status: mask it. */
  constructor(url: string, target: RedisTarget, options: RedisOptions) {
    this.board = new StatusBoard(url);
    this.#target = target;
    this.#options = options;
  }

  /** Opens a connection that shows as `celeriac-<role>` in Redis' CLIENT LIST. */
  open(role: string, prepare?: RedisLinkOptions["prepare"]): RedisLink {
    const client = createClientOptions(this.#target, this.#options, role);
    const link = new RedisLink({ client, prepare, onChange: () => this.board.update() });
    this.#links.add(link);
    this.board.add(link);
    return link;
  }

  async close(link: RedisLink): Promise<void> {
    this.#links.delete(link);
    this.board.remove(link);
    await link.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#links].map((link) => this.close(link)));
  }
}
