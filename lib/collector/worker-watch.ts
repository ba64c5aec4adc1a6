import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { getPatienceMs, isWorkerOnline } from "@/lib/celery/worker-liveness";
import type { WorkerRecord } from "@/lib/celery/worker-record";
import { ListeningClock } from "./listening-clock";
import type { RecentRecords } from "./recent-records";

/** How often silence is looked for; with the time for an answer, a dead worker is noticed within 2 s of its patience. */
export const WATCH_EVERY_MS = 250;
/** A worker that is there answers within milliseconds. */
const ANSWER_MS = 1_000;
/** A solo worker that is busy is asked again after this long. */
const BUSY_MS = 5_000;
const MAX_ASKED = 500;

interface WorkerWatchParts {
  readonly broker: Pick<Broker, "kind" | "control" | "getStatus">;
  readonly recent: RecentRecords;
  /** Whether events come in. */
  readonly isSubscribed: () => boolean;
  /** Epoch ms at which the event came that waits longest to be taken into the records, or null when none waits. */
  readonly oldestUnread: () => number | null;
  /** Whether the worker runs its tasks in the process that sends its heartbeats. */
  readonly isSolo: (hostname: string) => boolean;
  /** Takes records that changed. */
  readonly put: (records: readonly WorkerRecord[]) => void;
}

/**
 * Notices workers that fell silent: heard of for the last time two of their heartbeats ago, although everything that they
 * sent could arrive, and no answer when asked. A solo worker sends and answers nothing while it runs a task; it counts as
 * gone only when its mailbox is.
 */
export class WorkerWatch {
  readonly #parts: WorkerWatchParts;
  readonly #listening = new ListeningClock();
  /** Hostname → until when a silent worker that is still connected is left alone, epoch ms. */
  readonly #busyUntil = new Map<string, number>();

  constructor(parts: WorkerWatchParts) {
    this.#parts = parts;
  }

  /** Looks once, and asks those that are silent. Rejects when the broker is away: then nobody is judged. */
  async look(now = Date.now()): Promise<void> {
    const { broker, isSubscribed, recent, put } = this.#parts;
    const status = broker.getStatus();
    const since = this.#listening.look({ ...status, connected: status.connected && isSubscribed() }, now);
    const silent = since === null ? [] : this.#listSilent(since, now);
    if (silent.length === 0) return;
    const answered = await this.#ask(silent.map(({ hostname }) => hostname));
    const connected = await this.#listConnected(silent.filter(({ hostname }) => !answered.has(hostname)));
    const changed = silent.flatMap((before): WorkerRecord[] => {
      // What came meanwhile counts.
      const record = recent.workers.get(before.hostname);
      if (record === undefined || record.lastHeartbeatAt !== before.lastHeartbeatAt) return [];
      if (answered.has(record.hostname)) return [{ ...record, lastHeartbeatAt: Date.now() }];
      if (connected.has(record.hostname)) return [];
      return [{ ...record, announced: "silent" }];
    });
    if (changed.length > 0) put(changed);
  }

  #listSilent(since: number, now: number): WorkerRecord[] {
    const { recent, oldestUnread } = this.#parts;
    const heardUntil = Math.min(now, oldestUnread() ?? now);
    const silent: WorkerRecord[] = [];
    for (const record of recent.workers.values()) {
      if (!isWorkerOnline(record) || (this.#busyUntil.get(record.hostname) ?? 0) > now) continue;
      this.#busyUntil.delete(record.hostname);
      const silentMs = heardUntil - Math.max(record.lastHeartbeatAt, since);
      if (silentMs > getPatienceMs(record) && silent.length < MAX_ASKED) silent.push(record);
    }
    return silent;
  }

  async #ask(destination: readonly string[]): Promise<ReadonlySet<string>> {
    const request = createControlRequest({ method: "ping", destination });
    const { replies } = await this.#parts.broker.control(request, { timeoutMs: ANSWER_MS });
    return new Set(replies.map(({ hostname }) => hostname));
  }

  /** Those solo workers among them, which have not answered, whose mailbox is still there. */
  async #listConnected(silent: readonly WorkerRecord[]): Promise<ReadonlySet<string>> {
    const solo = silent.map(({ hostname }) => hostname).filter(this.#parts.isSolo);
    if (solo.length === 0) return new Set();
    const connected = await (this.#parts.broker.kind === "amqp"
      ? this.#listWithMailbox(solo)
      : this.#guessConnected(solo));
    for (const hostname of connected) this.#busyUntil.set(hostname, Date.now() + BUSY_MS);
    return new Set(connected);
  }

  /** RabbitMQ tells of each mailbox whether it is there. */
  async #listWithMailbox(solo: readonly string[]): Promise<readonly string[]> {
    const counts = await Promise.all(solo.map((hostname) => this.#countDeafMailboxes([hostname])));
    return solo.filter((_, index) => (counts[index] ?? 0) > 0);
  }

  /** Redis tells only how many mailboxes there are: as long as one of them is silent it may be any of these. */
  async #guessConnected(solo: readonly string[]): Promise<readonly string[]> {
    return (await this.#countDeafMailboxes(null)) > 0 ? solo : [];
  }

  /** Mailboxes that take a ping and do not answer it. */
  async #countDeafMailboxes(destination: readonly string[] | null): Promise<number> {
    const request = createControlRequest({ method: "ping", destination });
    const { listeners, replies } = await this.#parts.broker.control(request, { timeoutMs: ANSWER_MS });
    return (listeners ?? 0) - new Set(replies.map(({ hostname }) => hostname)).size;
  }
}
