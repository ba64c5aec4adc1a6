import { isTaskQueue } from "@/lib/celery/virtual/parse-binding";
import type { BrokerSample, QueueSample, SampleHints } from "../broker";
import type { AmqpAccess } from "./amqp-access";
import { isDelayQueue, isPrivateQueue } from "./amqp-names";
import { declarePassively, type PassiveLook } from "./declare-passively";
import { listManagedQueues } from "./list-managed-queues";
import type { ManagedQueue } from "./managed-queue";
import { QueueAge } from "./queue-age";

const MOST_QUEUES = 2_000;
/** Of more queues than this the depth is the management API's, if it answers: each declare is a turn of its own. */
const MOST_DECLARES = 500;
/** The API's own numbers change every 5 s. */
const MANAGED_FOR_MS = 4_000;
const LOOK_TIMEOUT_MS = 10_000;
const MISSING_FOR_MS = 30_000;

/** An answer of the management API; `at` is epoch ms. */
interface ManagedLook {
  readonly at: number;
  readonly queues: ReadonlyMap<string, ManagedQueue>;
}

/**
 * Looks at all queues. Passive declares tell the depth and the consumers of this moment; the management API, where it answers,
 * tells which queues there are, what is unacknowledged and the rates, each up to 5 s old. Without it the queues are those
 * known by name.
 */
export class AmqpSampler {
  readonly #access: AmqpAccess;
  #ages = new Map<string, QueueAge>();
  #managed: ManagedLook | null = null;
  /** Queues that were not there, until when (epoch ms) that is believed. */
  readonly #missing = new Map<string, number>();
  #current: Promise<BrokerSample> | null = null;

  constructor(access: AmqpAccess) {
    this.#access = access;
  }

  /** Two callers at a time get the same look: what is remembered follows from one look to the next. */
  sample(hints: SampleHints): Promise<BrokerSample> {
    this.#current ??= this.#access.link
      .call(() => this.#look(hints), LOOK_TIMEOUT_MS)
      .finally(() => {
        this.#current = null;
      });
    return this.#current;
  }

  async #look(hints: SampleHints): Promise<BrokerSample> {
    const managed = await this.#askManagement();
    const names = managed === null ? this.#guessNames(hints) : listNames(managed);
    const shown = [...names].filter(isShown).slice(0, MOST_QUEUES).sort();
    const declared = new Set(managed === null ? shown : shown.slice(0, MOST_DECLARES));
    const looks = await this.#access.link.call(
      (connection) => declarePassively(connection, [...declared]),
      LOOK_TIMEOUT_MS,
    );
    for (const name of declared) if (!looks.has(name)) this.#missing.set(name, Date.now() + MISSING_FOR_MS);
    const at = Date.now();
    const ages = new Map<string, QueueAge>();
    const queues = shown.flatMap((name) => {
      const queue = managed?.queues.get(name);
      const look = looks.has(name) ? looks.get(name) : readManaged(queue, declared.has(name));
      if (look === undefined || look === null) return [];
      const age = this.#ages.get(name) ?? new QueueAge();
      ages.set(name, age);
      if (queue !== undefined && managed !== null) age.noteManaged(queue, managed.at);
      return [describeQueue({ name, at, look, queue, age })];
    });
    this.#ages = ages;
    return { at, queues, ...sum(managed) };
  }

  /** Names known from elsewhere; those that were not there lately are not asked for: RabbitMQ logs each as an error. */
  #guessNames({ queueNames }: SampleHints): Set<string> {
    for (const [name, until] of this.#missing) if (Date.now() >= until) this.#missing.delete(name);
    const names = new Set([...queueNames, ...this.#ages.keys()]);
    for (const name of this.#missing.keys()) names.delete(name);
    return names;
  }

  async #askManagement(): Promise<ManagedLook | null> {
    const { management, virtualHost } = this.#access;
    if (this.#managed !== null && Date.now() - this.#managed.at < MANAGED_FOR_MS) return this.#managed;
    const queues = await listManagedQueues(management, virtualHost);
    this.#managed = queues && {
      at: Date.now(),
      queues: new Map(queues.map((queue) => [queue.name, queue])),
    };
    return this.#managed;
  }
}

function listNames({ queues }: ManagedLook): string[] {
  return [...queues.values()].filter(({ isExclusive }) => !isExclusive).map(({ name }) => name);
}

function isShown(queue: string): boolean {
  return queue !== "" && isTaskQueue(queue) && !isDelayQueue(queue) && !isPrivateQueue(queue);
}

/** A queue that was looked for and not found is gone, whatever the API still says. */
function readManaged(queue: ManagedQueue | undefined, wasDeclared: boolean): PassiveLook | undefined {
  if (wasDeclared || queue === undefined || queue.ready === null) return undefined;
  return { ready: queue.ready, consumers: queue.consumers ?? 0 };
}

interface QueueLook {
  readonly name: string;
  readonly at: number;
  readonly look: PassiveLook;
  readonly queue: ManagedQueue | undefined;
  readonly age: QueueAge;
}

function describeQueue({ name, at, look, queue, age }: QueueLook): QueueSample {
  const wait = age.estimate(at, look.ready, queue);
  return {
    name,
    depth: look.ready,
    unacked: queue?.unacked ?? null,
    consumers: look.consumers,
    byPriority: queue?.byPriority ?? null,
    oldestWaitingSeconds: wait?.seconds ?? null,
    oldestWaitingIsMinimum: wait?.isMinimum ?? false,
    publishPerSecond: queue?.publishPerSecond ?? null,
    ackPerSecond: queue?.ackPerSecond ?? null,
    source: queue === undefined ? "amqp" : "management",
  };
}

function sum(managed: ManagedLook | null): Omit<BrokerSample, "at" | "queues"> {
  if (managed === null) return { unackedTotal: null, oldestUnackedAt: null, delayed: null };
  const all = [...managed.queues.values()];
  const shown = all.filter(({ name, isExclusive }) => !isExclusive && isShown(name));
  const delayed = all.filter(({ name }) => isDelayQueue(name));
  return {
    unackedTotal: shown.reduce((total, { unacked }) => total + (unacked ?? 0), 0),
    oldestUnackedAt: null,
    delayed: delayed.reduce((total, { ready, unacked }) => total + (ready ?? 0) + (unacked ?? 0), 0),
  };
}
