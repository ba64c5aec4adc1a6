import { integerOf, objectOf, textOf } from "../wire-fields";
import type { WireValue } from "../wire-value";

/**
 * Where a worker is connected to, out of the reply to `stats`: `amqp://celery@rabbit-1:5672/shop`, without a password,
 * which Celery doesn't tell; null when it is disconnected. A host name may be a whole URL (celery-wire.md C.5): redact
 * the reply first. Never throws.
 */
export function readBrokerConnection(reply: WireValue): string | null {
  const broker = objectOf(objectOf(reply)?.get("broker"));
  const host = textOf(broker?.get("hostname"));
  if (broker === null || host === null) return null;
  if (host.includes("://")) return host;
  const transport = textOf(broker.get("transport"));
  const user = textOf(broker.get("userid"));
  const port = integerOf(broker.get("port"));
  const virtualHost = textOf(broker.get("virtual_host"));
  return [
    ...(transport === null ? [] : [transport, "://"]),
    ...(user ? [user, "@"] : []),
    host,
    ...(port === null ? [] : [":", port]),
    ...(virtualHost === null ? [] : ["/", virtualHost.replace(/^\//, "")]),
  ].join("");
}
