import { writeWireJson } from "../json/write-wire-json";
import type { TaskCall, TaskMessage } from "../task-message";
import { isTypedValue } from "../typed-value";
import { NumberText, type WireArray, type WireValue } from "../wire-value";
import { checkCustomHeader } from "./check-custom-header";
import { checkLongText, checkText } from "./check-text";
import { checkWireValue } from "./check-wire-value";
import { formatCeleryTime } from "./format-celery-time";

/** What the tables of result backends can hold (`task_id`, `task_name`: 255 characters). */
const MAX_NAME_LENGTH = 255;
const ZERO = new NumberText("0");

/** `[args, kwargs, embed]`'s third part: no callbacks, no chain, no chord (celery-wire.md J.4). */
const EMBED: ReadonlyMap<string, WireValue> = new Map(
  ["callbacks", "errbacks", "chain", "chord"].map((key) => [key, null]),
);

/**
 * The protocol 2 message that the newest Celery would send for `call`, with the choices of celery-wire.md J.2.
 * The one way to get a `TaskMessage`: throws a TypeError that names the field for every call whose message would
 * kill a worker or be lost on the way (A.9). `now` (epoch ms) is what the message's life in the queue counts from.
 */
export function createTaskMessage(call: TaskCall, now: number = Date.now()): TaskMessage {
  checkCall(call);
  const message: Omit<TaskMessage, symbol> = {
    headers: { ...ownHeaders(call), ...call.headers },
    properties: {
      correlationId: call.id,
      replyTo: "",
      deliveryMode: 2,
      priority: call.priority ?? 0,
      expiration: call.expires == null ? null : String(Math.max(0, call.expires.getTime() - now)),
    },
    contentType: "application/json",
    contentEncoding: "utf-8",
    body: writeWireJson([call.args, call.kwargs, EMBED]),
  };
  // The brand exists for the compiler only, and this is the place that it vouches for.
  return message as TaskMessage;
}

/** In the order in which Celery writes them (`AMQP.as_task_v2`, 5.6.3 and 5.7.0). */
function ownHeaders(call: TaskCall): Record<string, WireValue> {
  return {
    lang: "py",
    task: call.task,
    id: call.id,
    shadow: null,
    eta: call.eta == null ? null : formatCeleryTime("eta", call.eta),
    expires: call.expires == null ? null : formatCeleryTime("expires", call.expires),
    group: null,
    group_index: null,
    retries: ZERO,
    timelimit: [null, null],
    root_id: call.rootId ?? call.id,
    parent_id: call.parentId ?? null,
    argsrepr: call.argsRepr,
    kwargsrepr: call.kwargsRepr,
    origin: call.origin,
    // Null leaves the choice to the task; since Celery 5.6.3 `false` would overrule it.
    ignore_result: null,
    replaced_task_nesting: ZERO,
    stamped_headers: null,
    stamps: new Map(),
  };
}

function checkCall(call: TaskCall): void {
  checkText("id", call.id, MAX_NAME_LENGTH);
  checkText("task", call.task, MAX_NAME_LENGTH);
  checkText("origin", call.origin, MAX_NAME_LENGTH);
  if (call.rootId !== undefined) checkText("rootId", call.rootId, MAX_NAME_LENGTH);
  if (call.parentId != null) checkText("parentId", call.parentId, MAX_NAME_LENGTH);
  if (call.argsRepr !== null) checkLongText("argsRepr", call.argsRepr);
  if (call.kwargsRepr !== null) checkLongText("kwargsRepr", call.kwargsRepr);
  checkArguments(call);
  const { priority } = call;
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= 9)) {
    throw new TypeError("priority: must be a whole number from 0 to 9");
  }
  for (const [name, value] of Object.entries(call.headers ?? {})) checkCustomHeader(name, value);
}

function checkArguments(call: TaskCall): void {
  // Widened: callers may hold what was read from outside.
  const args: unknown = call.args;
  const kwargs: unknown = call.kwargs;
  if (!Array.isArray(args)) throw new TypeError("args: must be an array");
  if (!(kwargs instanceof Map)) throw new TypeError("kwargs: must be an object");
  const wireArgs: WireArray = args;
  checkWireValue("args", wireArgs, 2);
  checkWireValue("kwargs", kwargs, 2);
  if (isTypedValue(kwargs)) throw new TypeError("kwargs: would be read as a typed value, not as an object");
}
