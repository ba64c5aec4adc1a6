import { AppError } from "@/lib/errors";
import type { Broker } from "../broker";
import { maskUrl } from "../mask-url";
import { StatusBoard } from "../status-board";
import { createClientOptions } from "./create-client-options";
import { createKeyNames } from "./key-names";
import { parseRedisOptions } from "./parse-redis-options";
import { parseRedisUrl } from "./parse-redis-url";
import { QueueDirectory } from "./queue-directory";
import { RedisLink, type RedisLinkOptions } from "./redis-link";
import { RedisMailbox } from "./redis-mailbox";
import { RedisPublisher, toPosition } from "./redis-publisher";
import { RedisSampler } from "./redis-sampler";
import { subscribeEvents } from "./subscribe-events";

/** Opens a broker of kombu's Redis transport; see `openBroker`. */
export function openRedisBroker(url: string, rawOptions: Readonly<Record<string, unknown>>): Broker {
  const target = parseRedisUrl(url);
  const options = parseRedisOptions(rawOptions);
  if (target.endpoint.kind === "sentinel" && options.masterName === null) {
    throw new AppError(
      "unprocessable",
      'Broker options: sentinel:// needs "master_name", the name of the master',
    );
  }
  const names = createKeyNames(target, options);
  const board = new StatusBoard(maskUrl(url));
  const links = new Set<RedisLink>();

  function openLink(role: string, prepare?: RedisLinkOptions["prepare"]): RedisLink {
    const client = createClientOptions(target, options, role);
    const link = new RedisLink({ client, prepare, onChange: () => board.update() });
    links.add(link);
    board.add(link);
    return link;
  }
  async function closeLink(link: RedisLink): Promise<void> {
    links.delete(link);
    board.remove(link);
    await link.close();
  }

  const commands = openLink("commands");
  const directory = new QueueDirectory(names, options.separator);
  const mailbox = new RedisMailbox(commands, names);
  const sampler = new RedisSampler({
    link: commands,
    names,
    prioritySteps: options.prioritySteps,
    directory,
  });
  const publisher = new RedisPublisher({
    openLink: () => openLink("publisher"),
    names,
    separator: options.separator,
    isBound: (queue) => directory.isBound(queue),
  });
  return {
    kind: "redis",
    getStatus: () => board.status,
    onStatusChange: (listener) => board.onChange(listener),
    subscribeEvents: (handler, signal, { wakeWorkers = false } = {}) =>
      subscribeEvents({
        ...{ patterns: names.eventPatterns, handler, signal, closeLink },
        openLink: (prepare) => openLink("events", prepare),
        onSubscribed: () => {
          if (wakeWorkers) void mailbox.wakeWorkers();
        },
      }),
    sample: (hints) => sampler.sample(hints),
    control: (request, controlOptions) => mailbox.control(request, controlOptions),
    publishTasks: (tasks, mark) => publisher.publish(tasks, mark),
    getDispatchPosition: (batchId) =>
      commands.call(async (client) => toPosition(await client.get(names.dispatchMark(batchId)))),
    close: async () => {
      await Promise.all([...links].map(closeLink));
    },
  };
}
