import type { TlsSettings } from "../tls/tls-settings";

/** Where a Redis broker is and how to log in; every text is decoded. */
export interface RedisTarget {
  readonly endpoint: RedisEndpoint;
  readonly username: string | null;
  readonly password: string | null;
  /** The database number, from 0. */
  readonly database: number;
  /** null is "no TLS". */
  readonly tls: TlsSettings | null;
}

export type RedisEndpoint =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "sentinel"; readonly nodes: readonly RedisNode[] };

interface RedisNode {
  readonly host: string;
  readonly port: number;
}
