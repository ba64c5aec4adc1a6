import type { Redis } from "ioredis";
import type { BrokerSample, QueueSample, SampleHints } from "../broker";
import { estimateRates, type QueueState } from "./estimate-rates";
import { longestWait } from "./estimate-wait";
import type { KeyNames } from "./key-names";
import { ListWatch } from "./list-watch";
import { measureLists } from "./measure-lists";
import type { QueueDirectory } from "./queue-directory";
import type { RedisLink } from "./redis-link";
import { type UnackedLook, UnackedWatch } from "./unacked-watch";

export interface RedisSamplerOptions {
  readonly link: RedisLink;
  readonly names: KeyNames;
  readonly prioritySteps: readonly number[];
  readonly directory: QueueDirectory;
}

/**
 * Looks at all queues. A look costs, for each queue, one LLEN a priority step, for each list that is not empty two messages,
 * and a bounded part for all: never a part of the number of messages.
 */
export class RedisSampler {
  readonly #options: RedisSamplerOptions;
  readonly #lists = new ListWatch();
  readonly #unacked: UnackedWatch;
  #states = new Map<string, QueueState>();
  #current: Promise<BrokerSample> | null = null;

  constructor(options: RedisSamplerOptions) {
    this.#options = options;
    this.#unacked = new UnackedWatch(options.names);
  }

  /** Two callers at a time get the same look: what is remembered follows from one look to the next. */
  sample(hints: SampleHints): Promise<BrokerSample> {
    this.#current ??= this.#options.link
      .call((client) => this.#look(client, hints))
      .finally(() => {
        this.#current = null;
      });
    return this.#current;
  }

  async #look(client: Redis, hints: SampleHints): Promise<BrokerSample> {
    const { directory, names } = this.#options;
    await directory.refresh(client, hints.queueNames);
    const queues = directory.listQueues();
    await this.#lists.look(client, await measureLists(client, queues.flatMap(names.lists)));
    const unacked = await this.#unacked.look(client, (...route) => directory.findQueue(...route));
    const at = Date.now();
    const states = new Map<string, QueueState>();
    const samples = queues.map((queue) => {
      const { sample, state } = this.#describe(queue, { at, unacked, hints });
      states.set(queue, state);
      return sample;
    });
    this.#states = states;
    return { at, queues: samples, unackedTotal: unacked.total, oldestUnackedAt: unacked.oldestAt };
  }

  #describe(queue: string, look: { at: number; unacked: UnackedLook; hints: SampleHints }) {
    const { names, prioritySteps } = this.#options;
    const keys = names.lists(queue);
    const histories = keys.map((key) => this.#lists.getHistory(key));
    const waits = keys.map((key) => this.#lists.getWait(key, look.hints.sentAt));
    const knownWaits = waits.filter((wait) => wait !== undefined);
    const wait = knownWaits.length === waits.length ? longestWait(knownWaits) : null;
    const lengths = keys.map((key) => this.#lists.getLength(key));
    const depth = lengths.reduce((sum, length) => sum + length, 0);
    const unacked = look.unacked.byQueue === null ? null : (look.unacked.byQueue.get(queue) ?? 0);
    const state: QueueState = { at: look.at, depth, unacked };
    const sample: QueueSample = {
      name: queue,
      depth,
      unacked,
      // Workers know: Redis keeps no list of who waits for which key.
      consumers: null,
      byPriority: Object.fromEntries(prioritySteps.map((step, index) => [step, lengths[index] ?? 0])),
      oldestWaitingSeconds: wait?.seconds ?? null,
      oldestWaitingIsMinimum: wait?.isMinimum ?? false,
      source: "redis",
      ...estimateRates(histories, this.#states.get(queue), state),
    };
    return { sample, state };
  }
}
