import { CONTROL_METHODS, type ControlMethod, type ControlRequest } from "../control-message";
import { checkText } from "../message/check-text";
import { numberOf } from "../wire-fields";
import type { WireValue } from "../wire-value";
import { ARGUMENT_TABLE, ORDERED_ARGUMENTS } from "./argument-table";
import type { ControlCall } from "./control-arguments";

const MAX_LENGTH = 255;

/**
 * The one way to get a `ControlRequest`. Throws a TypeError that names the field for every request that Celery's own
 * client would not send: on Redis a malformed one stops a worker from consuming for good (celery-wire.md C.7); and for
 * what would do a worker harm, such as a queue's name that ends it.
 */
export function createControlRequest<Method extends ControlMethod>(
  call: ControlCall<Method>,
): ControlRequest {
  const { method, arguments: args = {}, destination = null } = call;
  if (!CONTROL_METHODS.includes(method)) throw new TypeError("method: is not a command that may be sent");
  const request: Omit<ControlRequest, symbol> = {
    method,
    arguments: readArguments(method, args),
    destination: destination === null ? null : readDestination(destination),
  };
  // The brand exists for the compiler only, and this is the place that it vouches for.
  return request as ControlRequest;
}

function readArguments(method: ControlMethod, args: unknown): Record<string, WireValue> {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw new TypeError("arguments: must be an object");
  }
  const table = new Map(Object.entries(ARGUMENT_TABLE[method]));
  const given = new Map<string, unknown>(Object.entries(args));
  for (const name of given.keys()) {
    if (!table.has(name)) throw new TypeError(`arguments.${name}: \`${method}\` takes no such argument`);
  }
  const read: Record<string, WireValue> = {};
  for (const [name, { isRequired, read: readArgument }] of table) {
    if (given.has(name)) read[name] = readArgument(`arguments.${name}`, given.get(name));
    else if (isRequired) throw new TypeError(`arguments.${name}: is missing`);
  }
  checkOrder(method, read);
  return read;
}

function checkOrder(method: ControlMethod, args: Readonly<Record<string, WireValue>>): void {
  const [low, high] = ORDERED_ARGUMENTS[method] ?? [];
  if (low === undefined || high === undefined) return;
  const [least, most] = [numberOf(args[low]), numberOf(args[high])];
  if (least !== null && most !== null && least > most) {
    throw new TypeError(`arguments.${low}: must be at most \`${high}\``);
  }
}

function readDestination(destination: unknown): string[] {
  // A worker takes an empty list for "all", and looks for its name anywhere inside a plain text.
  if (!Array.isArray(destination) || destination.length === 0) {
    throw new TypeError("destination: must be a non-empty array of worker names, or null for all");
  }
  return Array.from(destination, (name: unknown, index) => {
    checkText(`destination[${index}]`, name, MAX_LENGTH);
    return name;
  });
}
