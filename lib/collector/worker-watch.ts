import type { Broker } from "@/lib/broker/broker";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { getPatienceMs, isWorkerOnline } from "@/lib/celery/worker-liveness";
import type { WorkerRecord } from "@/lib/celery/worker-record";
import { ListeningClock } from "./listening-clock";
import type { RecentRecords } from "./recent-records";

/** How often silence is looked for: a dead worker is noticed this long after the patience with it has ended. */
export const WATCH_EVERY_MS = 250;
/** A worker that is there answers within milliseconds. It is asked so long before the patience with it ends. */
const ANSWER_MS = 1_000;
/** Of the patience, before which nobody is asked, however short it is. */
const LEAST_SHARE = 0.75;
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
 * sent could arrive, and no answer when asked before that. A solo worker sends and answers nothing while it runs a task; it counts as
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
  async look(): Promise<void> {
    const { broker, isSubscribed, put } = this.#parts;
    const status = broker.getStatus();
    const connected = status.connected && isSubscribed();
    const since = this.#listening.look({ ...status, connected }, Date.now());
    const silent = since === null ? [] : this.#listSilent(since);
    if (since === null || silent.length === 0) return;
    const answered = await this.#ask(silent.map(({ hostname }) => hostname));
    const busy = await this.#listConnected(silent.filter(({ hostname }) => !answered.has(hostname)));
    const changed = silent.flatMap((record) => this.#judge(record, { answered, busy, since }) ?? []);
    if (changed.length > 0) put(changed);
  }

  #listSilent(since: number): WorkerRecord[] {
    const now = Date.now();
    const silent: WorkerRecord[] = [];
    for (const record of this.#parts.recent.workers.values()) {
      if (!isWorkerOnline(record) || (this.#busyUntil.get(record.hostname) ?? 0) > now) continue;
      this.#busyUntil.delete(record.hostname);
      const patienceMs = getPatienceMs(record);
      const isDue =
        this.#silenceMs(record, since) > Math.max(patienceMs - ANSWER_MS, patienceMs * LEAST_SHARE);
      if (isDue && silent.length < MAX_ASKED) silent.push(record);
    }
    return silent;
  }

  /** How long nothing came of the worker, up to the last event that is taken into the records. */
  #silenceMs({ lastHeartbeatAt }: WorkerRecord, since: number): number {
    const now = Date.now();
    return Math.min(now, this.#parts.oldestUnread() ?? now) - Math.max(lastHeartbeatAt, since);
  }

  /** What is known now of a worker that was silent; null when nothing has changed. */
  #judge(
    { hostname, lastHeartbeatAt }: WorkerRecord,
    found: { answered: ReadonlySet<string>; busy: ReadonlySet<string>; since: number },
  ): WorkerRecord | null {
    const record = this.#parts.recent.workers.get(hostname);
    // What came meanwhile counts.
    if (record === undefined || record.lastHeartbeatAt !== lastHeartbeatAt) return null;
    if (found.answered.has(hostname)) return { ...record, lastHeartbeatAt: Date.now() };
    // That it has no mailbox shows at once; it may be about to have one again.
    const isPatient = this.#silenceMs(record, found.since) < getPatienceMs(record);
    return found.busy.has(hostname) || isPatient ? null : { ...record, announced: "silent" };
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
