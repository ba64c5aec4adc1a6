import { maskUrl } from "@/lib/mask-url";
import type { Broker } from "../broker";
import { LinkPool } from "../link/link-pool";
import { AmqpLink, type AmqpLinks } from "./amqp-link";
import { AmqpMailbox } from "./amqp-mailbox";
import { AmqpPublisher } from "./amqp-publisher";
import { AmqpSampler } from "./amqp-sampler";
import { countMailboxes } from "./count-mailboxes";
import { countReady } from "./count-ready";
import { findAmqpConsumeProblem } from "./find-consume-problem";
import { locateManagement } from "./locate-management";
import { ManagementClient } from "./management-client";
import { peekAmqpQueue } from "./peek-queue";
import { purgeAmqpQueue } from "./purge-queue";
import { type AmqpSettings, readAmqpSettings } from "./read-amqp-settings";
import { subscribeAmqpEvents } from "./subscribe-amqp-events";

/** Opens a broker of kombu's RabbitMQ transport; see `openBroker`. */
export function openAmqpBroker(settings: AmqpSettings): Broker {
  const nodes = readAmqpSettings(settings);
  const { url, managementUrl } = settings;
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

/** A process that only looks opens no connection for sending. */
function openOnce(open: () => AmqpLink): () => AmqpLink {
  let link: AmqpLink | null = null;
  return () => {
    link ??= open();
    return link;
  };
}
