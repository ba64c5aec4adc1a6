import { decodeEventMessage } from "@/lib/celery/events/decode-event-message";
import type { EventBody } from "@/lib/celery/events/event-body";

/** The types of events in one undecoded event message. */
export function listEventTypes(body: EventBody): string[] {
  return decodeEventMessage(body).events.map((event) => event.type);
}
