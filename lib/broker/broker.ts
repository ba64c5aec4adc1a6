import type { ControlReply, ControlRequest } from "@/lib/celery/control-message";
import type { EventBody } from "@/lib/celery/events/event-body";
import type { TaskMessage } from "@/lib/celery/task-message";
import type { WaitingMessage } from "@/lib/celery/waiting-message";

/** Whether the broker can be reached, for pages and health. `since` is epoch ms of the last change. */
export interface BrokerStatus {
  readonly connected: boolean;
  /** The broker URL with every secret masked. */
  readonly url: string;
  readonly since: number;
  readonly error: string | null;
}

/** One look at one queue. null is "cannot be known on this broker". */
export interface QueueSample {
  readonly name: string;
  /** Ready messages, all priorities. */
  readonly depth: number;
  /** Delivered and not yet acknowledged messages of this queue; null when the bounded look could not tell. */
  readonly unacked: number | null;
  readonly consumers: number | null;
  /** Ready messages a priority, or null when the queue knows no priorities. */
  readonly byPriority: Readonly<Record<string, number>> | null;
  /** Age of the oldest ready message in seconds; 0 when empty; null when unknown. */
  readonly oldestWaitingSeconds: number | null;
  /** True when `oldestWaitingSeconds` is a lower bound (the message was there before we first looked). */
  readonly oldestWaitingIsMinimum: boolean;
  readonly publishPerSecond: number | null;
  readonly ackPerSecond: number | null;
  /** Who counted: Redis itself; for RabbitMQ the management API, or a passive declare. */
  readonly source: "redis" | "management" | "amqp";
}

/** One look at all queues. */
export interface BrokerSample {
  /** Epoch ms when the look was taken. */
  readonly at: number;
  readonly queues: readonly QueueSample[];
  /** Delivered and not yet acknowledged messages of the whole broker (on Redis they are kept in one place). */
  readonly unackedTotal: number | null;
  /** Epoch ms when the message longest in flight was delivered. */
  readonly oldestUnackedAt: number | null;
  /** Messages that the broker itself holds back until their eta (RabbitMQ's native delayed delivery); absent: none, or unknown. */
  readonly delayed?: number | null;
}

/** What the adapter cannot see in the broker and the collector knows: which names may exist and what was sent when. */
export interface SampleHints {
  /** Queue names known from workers, events and settings; those that the broker's bindings name are added to them. */
  readonly queueNames: readonly string[];
  /** Epoch ms when the task was sent, from a `task-sent` event, or null. */
  readonly sentAt: (taskId: string) => number | null;
}

/** A look at the messages of one queue that are delivered next. */
export interface QueuePeek {
  /** Ready messages, all priorities. */
  readonly depth: number;
  /** The next to be delivered first; null when they can't be looked at without harm, for the reason in `note`. */
  readonly messages: readonly WaitingMessage[] | null;
  /** In words: why there are none or fewer than asked for, or what the look left behind. */
  readonly note: string | null;
}

/**
 * A mark kept in the broker beside what a batch sent, so that after a crash the resume knows what went out.
 * `position` counts the batch's items, in order, that were sent or given up.
 */
export interface DispatchMark {
  readonly batchId: string;
  readonly position: number;
  /**
   * The position that the broker must still hold (null: none), else nothing is sent and the call rejects with AppError
   * `conflict`. Without it two senders of one batch, or a packet that a broken network delivers late, could send twice.
   * RabbitMQ can't compare; there a batch has one connection at a time that sends it.
   */
  readonly previous?: number | null;
  /** Of each task's item, in their order: RabbitMQ, where a call isn't one step, marks on the way. */
  readonly positions?: readonly number[];
}

/** How far a batch was sent, by its mark. */
export interface DispatchProgress {
  /** The tasks of all items before this position have been sent. */
  readonly position: number;
  /** Of the tasks after them, in their order, so many may have been sent as well, and no more. */
  readonly doubtful: number;
}

/** A task of a call to `publishTasks` that did not arrive, as far as is known. */
export interface PublishFailure {
  /** Of the task in the call. */
  readonly index: number;
  /** In words. */
  readonly reason: string;
  /**
   * `refused`: the broker would not have it. `unsent`: it never left. `unknown`: the connection broke before the broker
   * confirmed it; sent again, it might run twice.
   */
  readonly fate: "refused" | "unsent" | "unknown";
}

/** A task on its way to a queue. */
export interface OutgoingTask {
  readonly queue: string;
  readonly message: TaskMessage;
}

/**
 * Told for each event message, undecoded, in order of arrival. Must be quick and must not throw. If it returns a promise, a
 * broker that keeps messages keeps this one until the promise is fulfilled, and else delivers it once more after a break.
 */
export type EventMessageHandler = (body: EventBody, receivedAt: number) => unknown;

export interface EventOptions {
  /**
   * After each subscription ask all workers for a heartbeat (remote control `heartbeat`), so that they show at once and not
   * only with their next one. Off by default: it writes to the broker.
   */
  readonly wakeWorkers?: boolean;
  /**
   * A name under which the broker keeps, where it can, what is published while we are away, for about an hour; only one
   * subscriber at a time may use it. Letters, digits and dashes.
   */
  readonly keepAs?: string;
  /** Told of event messages that the broker had to drop because its limit was reached; `isMinimum`: there were more. */
  readonly onLost?: (count: number, isMinimum: boolean) => void;
  /** Epoch ms until which all that was published is known to have been heard, by an earlier subscriber; null when there was none. */
  readonly heardUntil?: number | null;
  /**
   * Told, once subscribed, of a time (epoch ms) of which nothing was heard and nothing kept: what was published then is lost.
   * `isBusy`: messages came until just before, so that some were, however short the time.
   */
  readonly onUnheard?: (from: number, to: number, isBusy: boolean) => void;
  /** Told, again and again, whether more comes than is handed on: as long as it does, what can wait is better left undone. */
  readonly onFlood?: (isFlood: boolean) => void;
  /** Asked how many bytes of messages the handler has room for: no more are kept waiting for it. */
  readonly room?: () => number;
}

export interface ControlOptions {
  readonly timeoutMs: number;
}

/** The answers to one remote-control request. */
export interface ControlAnswer {
  /** Mailboxes that got the request, or null when the broker can't tell. */
  readonly listeners: number | null;
  readonly replies: readonly ControlReply[];
}

/**
 * The port to a message broker. Every call rejects with AppError `broker_unavailable` within a couple of seconds while it
 * is away, or refuses.
 */
export interface Broker {
  readonly kind: "redis" | "amqp";
  getStatus(): BrokerStatus;
  /** Calls `listener` on each change of the connection; returns the function that stops it. */
  onStatusChange(listener: (status: BrokerStatus) => void): () => void;
  /**
   * Resolves once subscribed, and waits for a broker that is away; subscribes again by itself after each reconnection; ends
   * when `signal` aborts. What is published while the connection is down is not seen, unless the broker keeps it (`keepAs`).
   */
  subscribeEvents(handler: EventMessageHandler, signal: AbortSignal, options?: EventOptions): Promise<void>;
  sample(hints: SampleHints): Promise<BrokerSample>;
  /**
   * Looks at up to `limit` messages of a queue, in the order of their delivery, and consumes none; reads few when they are
   * long. On Redis nothing changes. RabbitMQ hands them out and takes them back in their places, marked as redelivered; the look
   * is refused (`messages: null`) where that would do more. Rejects with AppError `not_found` where the broker knows
   * that there is no such queue, `unprocessable` for what is no queue.
   */
  peekQueue(name: string, limit: number): Promise<QueuePeek>;
  /**
   * Deletes the ready messages of a queue, never what a worker holds, and returns how many. Rejects with AppError `conflict`,
   * which names both numbers, when other than `expectedDepth` wait; else as `peekQueue`. Redis compares and deletes in one step.
   * RabbitMQ can't: what comes or goes between its answer to the count and the purge, one message to it and back, is part of
   * what is deleted, and shows in the number returned.
   */
  purgeQueue(name: string, expectedDepth: number): Promise<number>;
  control(request: ControlRequest, options: ControlOptions): Promise<ControlAnswer>;
  /**
   * Why a worker that began to consume `queue`, which its settings don't name, would be refused by the broker, in words; null when
   * it would not. No worker survives that refusal. `maxPriority` is its `task_queue_max_priority`. Changes nothing.
   */
  findConsumeProblem(queue: string, maxPriority: number | null): Promise<string | null>;
  /**
   * Sends the tasks and stores the mark in one atomic step where the broker can, and then resolves with no failures. RabbitMQ
   * can't: each task goes by itself, with marks between them, and the answer names those that did not arrive. Tasks of
   * one queue and priority keep their order. After `broker_unavailable` Redis may have sent all of them: ask
   * `getDispatchProgress`; RabbitMQ has sent none.
   */
  publishTasks(tasks: readonly OutgoingTask[], mark: DispatchMark | null): Promise<readonly PublishFailure[]>;
  /**
   * How far the batch was sent, by the last mark; null when none is there. On Redis that is so before the first one, and
   * when it lost its data; on RabbitMQ, where marks don't outlive a restart, nothing is known then. Rejects with
   * AppError `conflict` while another connection may still send tasks of the batch.
   */
  getDispatchProgress(batchId: string): Promise<DispatchProgress | null>;
  /** Lets others send the batch; where it `isOver`, and RabbitMQ kept a queue for its marks, deletes that. Never rejects. */
  endDispatch(batchId: string, isOver: boolean): Promise<void>;
  /**
   * Ready messages of each of these queues now, all priorities: 0 for a queue that Redis doesn't have, null for one that
   * RabbitMQ doesn't have or doesn't show.
   */
  countReady(queues: readonly string[]): Promise<ReadonlyMap<string, number | null>>;
  /** Ends every connection, subscription and timer. */
  close(): Promise<void>;
}
