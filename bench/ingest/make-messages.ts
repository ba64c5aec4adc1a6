import { randomUUID } from "node:crypto";
import { type EventText, makeEvents } from "./make-events";

/** Workers with an event loop send their task events in batches of up to so many (celery-wire.md D.2). */
const BATCH = 24;

/** A message of the event exchange. */
export interface EventMessage {
  readonly body: string;
  readonly worker: string;
  readonly routingKey: string;
  readonly events: number;
  readonly ends: number;
}

/** The messages that carry the events of `tasks` tasks: each event alone, or in batches as workers send them. */
export function* makeMessages(tasks: number, isBatched: boolean): Generator<EventMessage> {
  const waiting = new Map<string, EventText[]>();
  for (const event of makeEvents(tasks)) {
    const batch = waiting.get(event.worker) ?? [];
    batch.push(event);
    waiting.set(event.worker, batch);
    if (isBatched && batch.length < BATCH) continue;
    yield write(batch, isBatched);
    waiting.delete(event.worker);
  }
  for (const batch of waiting.values()) yield write(batch, isBatched);
}

/** The message as Redis's transport of kombu publishes it (celery-wire.md A.1). */
export function toEnvelope({ body, worker, routingKey }: EventMessage): string {
  return (
    `{"body": "${Buffer.from(body).toString("base64")}", "content-encoding": "utf-8", "content-type": "application/json", ` +
    `"headers": {"hostname": "${worker}"}, "properties": {"delivery_mode": 1, "delivery_info": {"exchange": "celeryev", ` +
    `"routing_key": "${routingKey}"}, "priority": 0, "body_encoding": "base64", "delivery_tag": "${randomUUID()}"}}`
  );
}

function write(batch: readonly EventText[], isBatched: boolean): EventMessage {
  const [first] = batch;
  const type = /"type": "([^"]+)"\}$/.exec(first?.json ?? "")?.[1] ?? "";
  return {
    body: isBatched ? `[${batch.map(({ json }) => json).join(", ")}]` : (first?.json ?? ""),
    worker: first?.worker ?? "",
    routingKey: isBatched ? "task.multi" : type.replace("-", "."),
    events: batch.length,
    ends: batch.filter(({ isEnd }) => isEnd).length,
  };
}
