import type { WireValue } from "./wire-value";

/** The remote-control commands that this product may send (C.5, less those of C.6). */
export const CONTROL_METHODS = [
  "ping",
  "report",
  "stats",
  "active",
  "active_queues",
  "registered",
  "reserved",
  "scheduled",
  "revoked",
  "conf",
  "query_task",
  "heartbeat",
  "shutdown",
  "pool_grow",
  "pool_shrink",
  "pool_restart",
  "autoscale",
  "add_consumer",
  "cancel_consumer",
  "rate_limit",
  "time_limit",
  "revoke",
  "revoke_by_stamped_headers",
  "enable_events",
  "disable_events",
] as const;
export type ControlMethod = (typeof CONTROL_METHODS)[number];

/**
 * Signals that end a running task. Not INT, which Celery's pool processes ignore: the task runs on, and Celery says that
 * it was terminated.
 */
export const TERMINATE_SIGNALS = ["TERM", "QUIT", "KILL", "USR1"] as const;
export type TerminateSignal = (typeof TERMINATE_SIGNALS)[number];

/** A remote-control request, valid by construction: only `createControlRequest` makes one. */
export interface ControlRequest {
  readonly method: ControlMethod;
  readonly arguments: Readonly<Record<string, WireValue>>;
  /** Exact worker names, or null for all. */
  readonly destination: readonly string[] | null;
  readonly [validated]: true;
}
declare const validated: unique symbol;

/** One worker's answer. `error` is the worker's own words. */
export interface ControlReply {
  readonly hostname: string;
  readonly value: WireValue;
  readonly error: string | null;
}

/** A control message ready to be published to `<control exchange>`, valid by construction (`encodeControlMessage`). */
export interface ControlMessage {
  readonly headers: Readonly<Record<string, WireValue>>;
  readonly properties: { readonly deliveryMode: 2; readonly priority: 0 };
  readonly contentType: "application/json";
  readonly contentEncoding: "utf-8";
  readonly body: string;
  readonly [validated]: true;
}
