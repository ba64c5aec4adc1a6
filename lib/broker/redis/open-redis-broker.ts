import { maskUrl } from "@/lib/mask-url";
import type { Broker, DispatchProgress } from "../broker";
import { LinkPool } from "../link/link-pool";
import { countReady } from "./count-ready";
import { createClientOptions } from "./create-client-options";
import { findRedisConsumeProblem } from "./find-consume-problem";
import { createKeyNames } from "./key-names";
import { peekLists } from "./peek-lists";
import { purgeLists } from "./purge-lists";
import { QueueDirectory } from "./queue-directory";
import { readRedisSettings } from "./read-redis-settings";
import { RedisLink, type RedisLinks } from "./redis-link";
import { RedisMailbox } from "./redis-mailbox";
import { RedisPublisher, toPosition } from "./redis-publisher";
import { RedisSampler } from "./redis-sampler";
import { subscribeEvents } from "./subscribe-events";

/** Opens a broker of kombu's Redis transport; see `openBroker`. */
export function openRedisBroker(url: string, rawOptions: Readonly<Record<string, unknown>>): Broker {
  const { target, options } = readRedisSettings(url, rawOptions);
  const names = createKeyNames(target, options);
  const links: RedisLinks = new LinkPool(maskUrl(url), (onChange, role, prepare) => {
    return new RedisLink({ client: createClientOptions(target, options, role), prepare, onChange });
  });
  const commands = links.open("commands");
  const directory = new QueueDirectory(names, options.separator);
  const mailbox = new RedisMailbox(commands, names);
  const sampler = new RedisSampler({
    link: commands,
    names,
    prioritySteps: options.prioritySteps,
    directory,
  });
  const listsOf = (name: string) => ({ name, keys: names.lists(name) });
  const publisher = new RedisPublisher({ links, names, separator: options.separator, directory });
  return {
    kind: "redis",
    getStatus: () => links.board.status,
    onStatusChange: (listener) => links.board.onChange(listener),
    subscribeEvents: (handler, signal, { wakeWorkers = false, ...watch } = {}) => {
      const onSubscribed = () => (wakeWorkers ? void mailbox.wakeWorkers() : undefined);
      const patterns = names.eventPatterns;
      return subscribeEvents({ ...watch, links, patterns, handler, signal, onSubscribed });
    },
    sample: (hints) => sampler.sample(hints),
    peekQueue: (name, limit) => commands.call((client) => peekLists(client, listsOf(name), limit)),
    purgeQueue: (name, expectedDepth) =>
      commands.call((client) => purgeLists(client, listsOf(name), expectedDepth)),
    control: (request, controlOptions) => mailbox.control(request, controlOptions),
    findConsumeProblem: (queue) => commands.call((client) => findRedisConsumeProblem(client, names, queue)),
    publishTasks: (tasks, mark) => publisher.publish(tasks, mark),
    getDispatchProgress: (batchId) =>
      commands.call(async (client) => toProgress(await client.get(names.dispatchMark(batchId)))),
    // The mark stays until it expires: a transaction of the batch that a network delivers late must still fail at it.
    endDispatch: async () => undefined,
    countReady: (queues) => commands.call((client) => countReady(client, names, queues)),
    close: () => links.closeAll(),
  };
}

/** Tasks and mark are one transaction: nothing after the mark can have been sent. */
function toProgress(stored: string | null): DispatchProgress | null {
  const position = toPosition(stored);
  return position === null ? null : { position, doubtful: 0 };
}
