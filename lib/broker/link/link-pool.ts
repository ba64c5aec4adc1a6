import type { LinkState } from "./link-gate";
import { StatusBoard } from "./status-board";

/** One connection that comes back by itself until it is closed. */
interface Link {
  readonly state: LinkState;
  close(): Promise<void>;
}

/** All connections to one broker, and the status that they make. */
export class LinkPool<L extends Link, Choice extends unknown[]> {
  readonly board: StatusBoard;
  readonly #create: (onChange: () => void, ...choice: Choice) => L;
  readonly #links = new Set<L>();

  /** `url` is shown in the status: mask it. `create` makes a connection that calls `onChange` when its state changes. */
  constructor(url: string, create: (onChange: () => void, ...choice: Choice) => L) {
    this.board = new StatusBoard(url);
    this.#create = create;
  }

  open(...choice: Choice): L {
    const link = this.#create(() => this.board.update(), ...choice);
    this.#links.add(link);
    this.board.add(link);
    return link;
  }

  async close(link: L): Promise<void> {
    this.#links.delete(link);
    this.board.remove(link);
    await link.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#links].map((link) => this.close(link)));
  }
}
