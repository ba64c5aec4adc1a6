import { isTaskQueue } from "@/lib/celery/virtual/parse-binding";
import type { BrokerSample, QueueSample, SampleHints } from "../broker";
import type { AmqpLink } from "./amqp-link";
import { isDelayQueue, isPrivateQueue } from "./amqp-names";
import { ArrivalWatch } from "./arrival-watch";
import { declarePassively, type PassiveLook } from "./declare-passively";
import { listManagedQueues } from "./list-managed-queues";
import type { ManagedQueue } from "./managed-queue";
import type { ManagementClient } from "./management-client";

const MOST_QUEUES = 2_000;
/** Passive declares of so many queues take a while. */
const LOOK_TIMEOUT_MS = 10_000;
const UNKNOWN = { unacked: null, byPriority: null, publishPerSecond: null, ackPerSecond: null } as const;

interface AmqpSamplerOptions {
  readonly link: AmqpLink;
  readonly management: ManagementClient;
  readonly virtualHost: string;
}

/**
 * Looks at all queues: by the management API where it answers (its numbers are up to its own interval old, 5 s by default), else
 * by passive declares of the queues that are known by name.
 */
export class AmqpSampler {
  readonly #options: AmqpSamplerOptions;
  #watches = new Map<string, ArrivalWatch>();
  #seen: readonly string[] = [];
  #current: Promise<BrokerSample> | null = null;

  constructor(options: AmqpSamplerOptions) {
    this.#options = options;
  }

  /** Two callers at a time get the same look: what is remembered follows from one look to the next. */
  sample(hints: SampleHints): Promise<BrokerSample> {
    this.#current ??= this.#look(hints).finally(() => {
      this.#current = null;
    });
    return this.#current;
  }

  async #look(hints: SampleHints): Promise<BrokerSample> {
    const { link, management, virtualHost } = this.#options;
    // Whether the broker can be reached is told by the broker, not by the API, which may be elsewhere.
    const managed = await link.call(() => listManagedQueues(management, virtualHost), LOOK_TIMEOUT_MS);
    return managed === null ? this.#lookByDeclares(hints) : this.#describeManaged(managed);
  }

  #describeManaged(managed: readonly ManagedQueue[]): BrokerSample {
    const at = Date.now();
    const delayed = managed.filter(({ name }) => isDelayQueue(name));
    const queues = managed
      .filter(({ name, isExclusive }) => !isExclusive && isShown(name))
      .slice(0, MOST_QUEUES)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const watches = new Map(queues.map(({ name }) => [name, this.#watches.get(name) ?? new ArrivalWatch()]));
    this.#watches = watches;
    this.#seen = queues.map(({ name }) => name);
    return {
      at,
      queues: queues.map((queue) => describeManagedQueue(queue, at, watches.get(queue.name))),
      unackedTotal: queues.reduce((sum, { unacked }) => sum + unacked, 0),
      oldestUnackedAt: null,
      delayed: delayed.reduce((sum, { ready, unacked }) => sum + ready + unacked, 0),
    };
  }

  async #lookByDeclares(hints: SampleHints): Promise<BrokerSample> {
    const names = [...new Set([...hints.queueNames, ...this.#seen])].filter(isShown).slice(0, MOST_QUEUES);
    const looks = await this.#options.link.call(
      (connection) => declarePassively(connection, names),
      LOOK_TIMEOUT_MS,
    );
    const queues = [...looks].flatMap(([name, look]) => (look === null ? [] : [describeLook(name, look)]));
    this.#seen = queues.map(({ name }) => name);
    queues.sort((one, other) => (one.name < other.name ? -1 : 1));
    return { at: Date.now(), queues, unackedTotal: null, oldestUnackedAt: null, delayed: null };
  }
}

function isShown(queue: string): boolean {
  return queue !== "" && isTaskQueue(queue) && !isDelayQueue(queue) && !isPrivateQueue(queue);
}

function describeManagedQueue(queue: ManagedQueue, at: number, watch: ArrivalWatch | undefined): QueueSample {
  const { name, ready, unacked, consumers, byPriority, publishPerSecond, ackPerSecond } = queue;
  const numbers = { unacked, consumers, byPriority, publishPerSecond, ackPerSecond };
  const wait = estimateWait(queue, at, watch);
  return {
    ...{ name, depth: ready, ...numbers, source: "management" },
    oldestWaitingSeconds: wait?.seconds ?? null,
    oldestWaitingIsMinimum: wait?.isMinimum ?? false,
  };
}

function estimateWait(
  queue: ManagedQueue,
  at: number,
  watch: ArrivalWatch | undefined,
): { readonly seconds: number; readonly isMinimum: boolean } | null {
  const { ready, publishCount, hasPriorities, headSentAt } = queue;
  const arrival = publishCount === null ? null : watch?.look({ at, count: publishCount, ready });
  if (ready === 0) return { seconds: 0, isMinimum: false };
  if (headSentAt !== null) return { seconds: Math.max(0, at - headSentAt) / 1000, isMinimum: false };
  // Of several priorities the one that came first need not be the next.
  return hasPriorities ? null : (arrival ?? null);
}

function describeLook(name: string, { ready, consumers }: PassiveLook): QueueSample {
  return {
    ...{ ...UNKNOWN, name, depth: ready, consumers, source: "amqp" },
    oldestWaitingSeconds: ready === 0 ? 0 : null,
    oldestWaitingIsMinimum: false,
  };
}
