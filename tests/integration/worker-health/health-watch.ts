import type { Broker } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { listStuckTasks } from "@/lib/diagnosis/stuck/list-stuck-tasks";
import { explainWaiting } from "@/lib/diagnosis/waiting/explain-waiting";
import { gatherWaitingFacts } from "@/lib/diagnosis/waiting/gather-waiting-facts";
import { getTask } from "@/lib/store/tasks";
import { getWorker, listWorkers, type StoredWorker } from "@/lib/store/workers";
import type { CeleryWorker } from "@/tests/support/start-celery-worker";
import { waitFor } from "@/tests/support/wait-for";
import { ActiveCollector } from "../active-collector";

/** What is known of the workers on a broker, and of the tasks that they hold. */
export class HealthWatch {
  readonly collector: ActiveCollector;
  /** What was seen of each worker, by the store, in order: its presence. */
  readonly lives = new Map<string, string[]>();
  readonly #broker: Broker;
  readonly #visibilityTimeoutSeconds: number | null;
  #noting: NodeJS.Timeout | undefined;

  private constructor(collector: ActiveCollector, broker: Broker, visibilityTimeoutSeconds: number | null) {
    this.collector = collector;
    this.#broker = broker;
    this.#visibilityTimeoutSeconds = visibilityTimeoutSeconds;
  }

  static async open(brokerUrl: string, visibilityTimeoutSeconds: number | null): Promise<HealthWatch> {
    const collector = await ActiveCollector.start({ CELERY_BROKER_URL: brokerUrl });
    return new HealthWatch(collector, openBroker({ url: brokerUrl, options: {} }), visibilityTimeoutSeconds);
  }

  async close(): Promise<void> {
    clearInterval(this.#noting);
    await this.collector.stop();
    await this.#broker.close();
  }

  /** Begins to fill `lives`. */
  noteLives(): void {
    this.#noting = setInterval(async () => {
      for (const { hostname, announced } of await listWorkers(this.collector.store).catch(() => [])) {
        const life = this.lives.get(hostname) ?? [];
        if (life.at(-1) !== announced) this.lives.set(hostname, [...life, announced]);
      }
    }, 200);
  }

  /** Waits until what is known of the worker satisfies `condition`. */
  async until(
    { hostname }: CeleryWorker,
    condition: (worker: StoredWorker) => boolean,
    timeoutMs?: number,
  ): Promise<StoredWorker> {
    let known: StoredWorker | null = null;
    const isMet = async () => {
      known = await getWorker(this.collector.store, hostname);
      return known !== null && condition(known) ? known : null;
    };
    const what = () => `${hostname}: ${JSON.stringify(known)}\n${this.collector.lastOutput()}`;
    return await waitFor(isMet, { timeoutMs, what });
  }

  async stateOf(id = ""): Promise<string | undefined> {
    return (await getTask(this.collector.store, id))?.state;
  }

  async listStuck() {
    const sources = { store: this.collector.store, results: null, broker: this.#broker };
    const visibilityTimeoutSeconds = this.#visibilityTimeoutSeconds;
    const options = { seconds: 300, now: Date.now() };
    return (await listStuckTasks({ ...sources, visibilityTimeoutSeconds }, options)).tasks;
  }

  /** Why the task waits: the reasons alone. */
  async explain(id = ""): Promise<string[]> {
    const sources = { store: this.collector.store, results: null, broker: this.#broker };
    const facts = await gatherWaitingFacts(sources, id, Date.now());
    return facts === null ? [] : explainWaiting(facts).map(({ reason }) => reason);
  }
}
