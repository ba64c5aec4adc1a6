import type { TlsSettings } from "../tls/tls-settings";

/** One server of a RabbitMQ broker and how to log in; every text is decoded. */
export interface AmqpNode {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly virtualHost: string;
  /** null is "no TLS". */
  readonly tls: TlsSettings | null;
  /** EXTERNAL: the client certificate says who we are. */
  readonly login: "PLAIN" | "EXTERNAL";
  /** Seconds, or null for our own default. */
  readonly heartbeat: number | null;
}

/** The servers to try, in order; never empty. */
export type AmqpNodes = readonly [AmqpNode, ...AmqpNode[]];
