import { arrayOf, objectOf } from "../wire-fields";
import type { WireObject, WireValue } from "../wire-value";
import type { DecodedTaskMessage } from "./decoded-task-message";

/** Where the parts of a task message are found, whatever its protocol. */
export interface TaskMessageParts {
  readonly protocol: DecodedTaskMessage["protocol"];
  /** Holds `id`, `task` and all else that says how to run it. */
  readonly fields: WireObject;
  readonly args: WireValue | undefined;
  readonly kwargs: WireValue | undefined;
  /** Holds `callbacks`, `errbacks`, `chain` and `chord`. */
  readonly embed: WireObject;
  readonly problem: string | null;
  /** Whether a worker dies of the problem (docs/celery-versions.md). */
  readonly isDeadly: boolean;
}

const NOTHING: WireObject = new Map();

/** Tells the protocols apart as a worker does (celery-wire.md A.4). `body` is undefined when it could not be read. */
export function splitTaskMessage(headers: WireObject, body: WireValue | undefined): TaskMessageParts {
  const object = objectOf(body);
  if (headers.has("task")) {
    return object?.has("args") ? splitObject("hybrid", object, headers) : splitTriple(headers, body);
  }
  if (object?.has("task")) return splitObject(1, object, NOTHING);
  const problem = "the message has neither a header nor a body field `task`";
  return { ...splitTriple(headers, undefined), protocol: null, problem: body === undefined ? null : problem };
}

/** Protocol 1, and the mixture where headers overrule the body. */
function splitObject(protocol: 1 | "hybrid", body: WireObject, headers: WireObject): TaskMessageParts {
  return {
    protocol,
    fields: new Map([...body, ...headers]),
    args: body.get("args"),
    kwargs: body.get("kwargs"),
    embed: body,
    problem: null,
    isDeadly: false,
  };
}

function splitTriple(headers: WireObject, body: WireValue | undefined): TaskMessageParts {
  const [args, kwargs, embed, ...more] = arrayOf(body) ?? [];
  const isTriple = body === undefined || (embed !== undefined && more.length === 0);
  return {
    protocol: 2,
    fields: headers,
    args,
    kwargs,
    embed: objectOf(embed) ?? NOTHING,
    problem: isTriple ? null : "body: must be [args, kwargs, embed]",
    isDeadly: !isTriple,
  };
}
