import { listPriorityQueueKeys, priorityQueueKey } from "@/lib/celery/virtual/priority-queue-key";
import type { RedisOptions } from "./parse-redis-options";
import type { RedisTarget } from "./redis-target";

/** The names of all keys and channels of one broker, prefix included (celery-wire.md B.1, B.2, B.6). */
export interface KeyNames {
  /** The lists of a queue's ready messages, one a priority step, in the order of the steps. */
  lists(queue: string): string[];
  /** The list for messages of this priority. */
  listFor(queue: string, priority: number): string;
  /** The set of an exchange's bindings. */
  binding(exchange: string): string;
  /** Matches the binding sets of all exchanges. */
  readonly bindingPattern: string;
  /** The exchange that a binding set belongs to. */
  exchangeOf(bindingKey: string): string;
  readonly unacked: string;
  readonly unackedIndex: string;
  /** Where workers put replies that are routed to `name`. */
  replies(name: string): string;
  /** Ours: how far a batch was sent. */
  dispatchMark(batchId: string): string;
  /** Patterns that match the channels of all events. */
  readonly eventPatterns: readonly string[];
  /** Channels that carry remote control; each worker listens to one of them. */
  readonly controlChannels: readonly string[];
}

/** Returns the names that kombu would use for this broker. */
export function createKeyNames(target: RedisTarget, options: RedisOptions): KeyNames {
  const { keyPrefix } = options;
  const priorities = { steps: options.prioritySteps, separator: options.separator };
  const bindingPrefix = `${keyPrefix}_kombu.binding.`;
  const channelPrefixes = listChannelPrefixes(target, options);
  return {
    lists: (queue) => listPriorityQueueKeys(queue, priorities).map((key) => keyPrefix + key),
    listFor: (queue, priority) => keyPrefix + priorityQueueKey(queue, priority, priorities),
    binding: (exchange) => bindingPrefix + exchange,
    bindingPattern: `${escapeGlob(bindingPrefix)}*`,
    exchangeOf: (bindingKey) => bindingKey.slice(bindingPrefix.length),
    unacked: keyPrefix + options.unackedKey,
    unackedIndex: keyPrefix + options.unackedIndexKey,
    replies: (name) => keyPrefix + name,
    dispatchMark: (batchId) => `${keyPrefix}celeriac.batch.${batchId}`,
    eventPatterns: channelPrefixes.map((prefix) => `${escapeGlob(prefix)}celeryev*`),
    controlChannels: channelPrefixes.map((prefix) => `${prefix}celery.pidbox`),
  };
}

/** kombu before 5.4 left `{db}` unfilled behind Sentinel; both kinds of worker may be up at once. */
function listChannelPrefixes(target: RedisTarget, { keyPrefix, fanoutPrefix }: RedisOptions): string[] {
  const filled = fanoutPrefix.replaceAll("{db}", String(target.database));
  const prefixes = target.endpoint.kind === "sentinel" ? [filled, fanoutPrefix] : [filled];
  return [...new Set(prefixes)].map((prefix) => keyPrefix + prefix);
}

function escapeGlob(text: string): string {
  return text.replace(/[*?[\]\\^]/g, "\\$&");
}
