import { decodeEventMessage } from "@/lib/celery/events/decode-event-message";

/** The types of events in one undecoded event message. */
export function listEventTypes(body: string | Uint8Array): string[] {
  return decodeEventMessage(body).events.map((event) => event.type);
}
