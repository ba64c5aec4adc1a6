import type { ControlMethod, ControlRequest } from "../control-message";
import { CONTROL_METHODS } from "../control-message";
import { checkText } from "../message/check-text";
import type { WireValue } from "../wire-value";

/** What a caller asks of workers; see `ControlRequest`. */
export interface ControlCall {
  readonly method: ControlMethod;
  readonly arguments?: Readonly<Record<string, WireValue>>;
  readonly destination?: readonly string[] | null;
}

const MAX_LENGTH = 255;

/**
 * The argument names that each command takes, with the check of each value; Celery itself sends no others, and a
 * worker answers an unknown one with an error (celery-wire.md C.5).
 */
const ARGUMENTS: Readonly<Record<ControlMethod, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  ping: {},
  stats: {},
  active: { safe: isBoolean },
  active_queues: {},
  registered: { taskinfoitems: isTextList, builtins: isBoolean },
  reserved: {},
  scheduled: {},
  revoked: {},
  conf: { with_defaults: isBoolean },
  query_task: { ids: (value) => isTextList(value) && value.length > 0 },
  heartbeat: {},
  enable_events: {},
};

/**
 * The one way to get a `ControlRequest`. Throws a TypeError that names the field for every request that Celery's own
 * client would not send: on Redis a malformed one stops a worker from consuming for good (celery-wire.md C.7).
 */
export function createControlRequest(call: ControlCall): ControlRequest {
  const { method, arguments: args = {}, destination = null } = call;
  if (!CONTROL_METHODS.includes(method)) throw new TypeError("method: is not a command that may be sent");
  checkArguments(method, args);
  if (destination !== null) checkDestination(destination);
  const request: Omit<ControlRequest, symbol> = {
    method,
    arguments: { ...args },
    destination: destination === null ? null : [...destination],
  };
  // The brand exists for the compiler only, and this is the place that it vouches for.
  return request as ControlRequest;
}

function checkArguments(method: ControlMethod, args: unknown): void {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw new TypeError("arguments: must be an object");
  }
  const checks = ARGUMENTS[method];
  for (const [name, value] of Object.entries(args)) {
    if (!Object.hasOwn(checks, name))
      throw new TypeError(`arguments.${name}: \`${method}\` takes no such argument`);
    if (!checks[name]?.(value)) throw new TypeError(`arguments.${name}: is not what \`${method}\` takes`);
  }
  if (method === "query_task" && !Object.hasOwn(args, "ids"))
    throw new TypeError("arguments.ids: is missing");
}

function checkDestination(destination: unknown): void {
  // A worker takes an empty list for "all", and looks for its name anywhere inside a plain text.
  if (!Array.isArray(destination) || destination.length === 0) {
    throw new TypeError("destination: must be a non-empty array of worker names, or null for all");
  }
  for (let i = 0; i < destination.length; i++) checkText(`destination[${i}]`, destination[i], MAX_LENGTH);
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "");
}
