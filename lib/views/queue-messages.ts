import type { QueueMessages } from "@/lib/api/schemas/queues";
import { redactText } from "@/lib/celery/redact/redact";
import type { WaitingMessage } from "@/lib/celery/waiting-message";
import { toInstant } from "@/lib/format/to-instant";
import type { Services } from "@/lib/services";
import { getQueueOrRefuse } from "@/lib/store/queues";
import { listTasksById } from "@/lib/store/tasks";

const SHOWN_CHARS = 1_024;
const READ_ONLY_NOTE =
  "RabbitMQ would mark the messages as redelivered, and this Celeriac is read-only (CELERIAC_READ_ONLY).";

/**
 * The messages of a queue that are delivered next, as the contract shows them: secrets hidden, long texts cut. Rejects with AppError
 * `not_found` for a queue that was never seen; else as the broker does.
 */
export async function getQueueMessages(
  { store, settings, broker }: Pick<Services, "store" | "settings" | "broker">,
  name: string,
  limit: number,
): Promise<QueueMessages> {
  const { depth } = await getQueueOrRefuse(store, name);
  if (settings.CELERIAC_READ_ONLY && broker().kind === "amqp")
    return { items: null, depth, note: READ_ONLY_NOTE };
  const { messages, ...look } = await broker().peekQueue(name, limit);
  if (messages === null) return { ...look, items: null };
  const ids = messages.flatMap(({ id }) => id ?? []);
  const known = await listTasksById(store, ids);
  const items = messages.map((message) => {
    const eventAt = known.get(message.id ?? "")?.sentAt ?? null;
    return viewMessage(message, eventAt, settings.CELERIAC_REDACT);
  });
  return { ...look, items };
}

type MessageView = NonNullable<QueueMessages["items"]>[number];

/** `eventAt` (epoch ms) is when the task was sent first, as its event told. */
function viewMessage(
  message: WaitingMessage,
  eventAt: number | null,
  redact: readonly string[],
): MessageView {
  const { task, args, kwargs, sentAt, ...told } = message;
  const isFirstTry = (message.retries ?? 0) === 0;
  return {
    ...told,
    name: task,
    args: redactAndCut(args, redact),
    kwargs: redactAndCut(kwargs, redact),
    sentAt: toInstant(sentAt ?? (isFirstTry ? eventAt : null)),
  };
}

/** Hidden first: a cut may take away the name before a value. */
function redactAndCut(text: string | null, redact: readonly string[]): string | null {
  return text === null ? null : redactText(text, redact).slice(0, SHOWN_CHARS);
}
