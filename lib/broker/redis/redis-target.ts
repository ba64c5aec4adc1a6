/** Where a Redis broker is and how to log in; every text is decoded. */
export interface RedisTarget {
  readonly endpoint: RedisEndpoint;
  readonly username: string | null;
  readonly password: string | null;
  /** The database number, from 0. */
  readonly database: number;
  /** null is "no TLS". */
  readonly tls: RedisTls | null;
}

export type RedisEndpoint =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "sentinel"; readonly nodes: readonly RedisNode[] };

interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** The `ssl_*` parameters of redis-py; files are paths on this machine. */
export interface RedisTls {
  readonly verifyCertificate: boolean;
  readonly checkHostname: boolean;
  readonly caFile: string | null;
  readonly certificateFile: string | null;
  readonly keyFile: string | null;
  readonly keyPassword: string | null;
}
