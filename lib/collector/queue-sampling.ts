import { bumpTopics } from "@/lib/store/changes";
import { saveBrokerSample } from "@/lib/store/queues";
import type { CollectorServices } from "./collector-services";
import type { SentTasks } from "./sent-tasks";

interface QueueSamplingParts extends Pick<CollectorServices, "broker" | "store" | "settings"> {
  readonly sent: SentTasks;
  /** Names from the workers' answers and from earlier samples. */
  readonly knownQueues: () => readonly string[];
}

/** Returns the work of one look at all queues: look, keep, tell the pages when something moved. */
export function createQueueSampling(parts: QueueSamplingParts): () => Promise<void> {
  const { broker, store, settings, sent, knownQueues } = parts;
  const configured = [settings.CELERIAC_DEFAULT_QUEUE, ...Object.values(settings.CELERIAC_ROUTES)];
  let last = "";
  return async () => {
    const sample = await broker.sample({
      queueNames: [...new Set([...configured, ...knownQueues(), ...sent.queueNames()])],
      sentAt: (taskId) => sent.sentAt(taskId),
    });
    await saveBrokerSample(store, sample);
    const shown = JSON.stringify([sample.queues, sample.unackedTotal, sample.delayed]);
    if (shown !== last) await bumpTopics(store, ["queues"]);
    last = shown;
  };
}
