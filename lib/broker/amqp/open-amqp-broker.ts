import { maskUrl } from "@/lib/mask-url";
import type { Broker } from "../broker";
import { LinkPool } from "../link/link-pool";
import { readTlsFiles } from "../tls/read-tls-files";
import { AmqpLink, type AmqpLinks } from "./amqp-link";
import { AmqpMailbox } from "./amqp-mailbox";
import { AmqpPublisher } from "./amqp-publisher";
import { AmqpSampler } from "./amqp-sampler";
import type { AmqpNodes } from "./amqp-target";
import { countMailboxes } from "./count-mailboxes";
import { countReady } from "./count-ready";
import { findAmqpConsumeProblem } from "./find-consume-problem";
import { locateManagement } from "./locate-management";
import { ManagementClient } from "./management-client";
import { parseAmqpOptions } from "./parse-amqp-options";
import { parseAmqpUrl } from "./parse-amqp-url";
import { peekAmqpQueue } from "./peek-queue";
import { purgeAmqpQueue } from "./purge-queue";
import { subscribeAmqpEvents } from "./subscribe-amqp-events";

interface AmqpBrokerSettings {
  readonly url: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Of the management API; null: on the broker's host at the default port. */
  readonly managementUrl: string | null;
}

/** Opens a broker of kombu's RabbitMQ transport; see `openBroker`. */
export function openAmqpBroker({ url, options, managementUrl }: AmqpBrokerSettings): Broker {
  const nodes = parseAmqpUrl(url, parseAmqpOptions(options).tls);
  checkFiles(nodes);
  locateManagement(nodes[0], managementUrl);
  const links: AmqpLinks = new LinkPool(maskUrl(url), (onChange, role, prepare) => {
    return new AmqpLink({ nodes, role, prepare, onChange });
  });
  const link = links.open("commands");
  const openPublisher = openOnce(() => links.open("publisher"));
  const { virtualHost } = nodes[0];
  const management = new ManagementClient(() => locateManagement(link.node, managementUrl));
  const access = { link, management, virtualHost };
  const sampler = new AmqpSampler(access);
  const publisher = new AmqpPublisher(openPublisher);
  const mailbox = new AmqpMailbox({
    open: openPublisher,
    publisher,
    countMailboxes: (destination) => countMailboxes(access, destination),
  });
  return {
    kind: "amqp",
    getStatus: () => links.board.status,
    onStatusChange: (listener) => links.board.onChange(listener),
    subscribeEvents: (handler, signal, { wakeWorkers = false, ...choice } = {}) => {
      const onSubscribed = () => (wakeWorkers ? void mailbox.wakeWorkers() : undefined);
      return subscribeAmqpEvents({ ...choice, links, handler, signal, onSubscribed });
    },
    sample: (hints) => sampler.sample(hints),
    peekQueue: (name, limit) => peekAmqpQueue(access, name, limit),
    purgeQueue: (name, expectedDepth) => purgeAmqpQueue(access, name, expectedDepth),
    control: (request, controlOptions) => mailbox.control(request, controlOptions),
    findConsumeProblem: (queue, maxPriority) =>
      link.call((connection) => findAmqpConsumeProblem(connection, { queue, maxPriority })),
    publishTasks: (tasks, mark) => publisher.publishTasks(tasks, mark),
    getDispatchProgress: (batchId) => publisher.getProgress(batchId),
    endDispatch: (batchId, isOver) => publisher.endBatch(batchId, isOver),
    countReady: (queues) => countReady(link, queues),
    close: () => links.closeAll(),
  };
}

/** Throws AppError `unprocessable` now, rather than at each attempt to connect, for a certificate that can't be read. */
function checkFiles(nodes: AmqpNodes): void {
  for (const { tls } of nodes) if (tls !== null) readTlsFiles(tls);
}

/** A process that only looks opens no connection for sending. */
function openOnce(open: () => AmqpLink): () => AmqpLink {
  let link: AmqpLink | null = null;
  return () => {
    link ??= open();
    return link;
  };
}
