import { type ChannelModel, connect, credentials } from "amqplib";
import { readTlsFiles } from "../tls/read-tls-files";
import type { AmqpNode } from "./amqp-target";
import { withTimeout } from "./with-timeout";

const CONNECT_TIMEOUT_MS = 3_000;
/** Seconds; RabbitMQ's guide calls less than 5 prone to false alarms. The link's own probes find a silent server sooner. */
const DEFAULT_HEARTBEAT = 10;
/** Of one frame from the server; what is larger ends the connection before it is read. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/** One live connection. */
export interface AmqpConnection {
  readonly model: ChannelModel;
  /** The server that it leads to. */
  readonly node: AmqpNode;
  /** Aborts when it has ended, for whatever reason; `signal.reason` is why. */
  readonly signal: AbortSignal;
  /** Why RabbitMQ takes no messages now (an alarm of its memory or disk), or null. */
  blocked(): string | null;
  /** Ends it at once because of `error`. */
  reset(error: unknown): void;
}

interface Attempt {
  /** Shows in RabbitMQ's list of connections as `celeriac-<role>`. */
  readonly role: string;
  /** Aborted when the connection ends; ends the connection when it is aborted. */
  readonly lifetime: AbortController;
}

/** Connects and logs in within 3 s, or rejects with the client's or the system's error. Throws as `readTlsFiles` does. */
export async function connectNode(node: AmqpNode, { role, lifetime }: Attempt): Promise<AmqpConnection> {
  const opening = connect(
    {
      protocol: node.tls === null ? "amqp" : "amqps",
      hostname: node.host,
      port: node.port,
      // amqplib decodes it once more.
      vhost: encodeURIComponent(node.virtualHost),
      heartbeat: node.heartbeat ?? DEFAULT_HEARTBEAT,
      maxFrameSize: MAX_FRAME_BYTES,
    },
    {
      ...(node.tls === null ? {} : readTlsFiles(node.tls)),
      // amqplib only half-closes the socket of a server that went silent; this one destroys it. It also has Node listen for
      // every error of a TLS socket, of which amqplib hears one: a second would end the process.
      ...{ signal: lifetime.signal },
      credentials:
        node.login === "EXTERNAL" ? credentials.external() : credentials.plain(node.username, node.password),
      clientProperties: { connection_name: `celeriac-${role}` },
      noDelay: true,
      keepAlive: true,
    },
  );
  const model = await withTimeout(opening, CONNECT_TIMEOUT_MS);
  let alarm: string | null = null;
  model.on("error", (error) => lifetime.abort(error));
  model.on("close", (error) => lifetime.abort(error ?? new Error("the connection broke")));
  model.on("blocked", (reason) => {
    alarm = reason || "an alarm";
  });
  model.on("unblocked", () => {
    alarm = null;
  });
  return {
    model,
    node,
    signal: lifetime.signal,
    blocked: () => alarm,
    reset: (error) => lifetime.abort(error),
  };
}
