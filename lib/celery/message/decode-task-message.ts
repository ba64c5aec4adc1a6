import { NESTED_TOO_DEEP } from "../json/parse-wire-json";
import { textOf } from "../wire-fields";
import type { WireObject } from "../wire-value";
import { CELERY_HEADERS } from "./celery-headers";
import type { DecodedTaskMessage } from "./decoded-task-message";
import { FieldReader } from "./field-reader";
import type { MessageProperties } from "./message-properties";
import { splitTaskMessage, type TaskMessageParts } from "./split-task-message";
import { unpackBody } from "./unpack-body";

/**
 * Reads a task message as a worker would (celery-wire.md A.1 to A.4), protocols 2 and 1 and the mixture of both.
 * What cannot be read is null and named in `problems`. Never throws.
 */
export function decodeTaskMessage(
  headers: WireObject,
  properties: Pick<MessageProperties, "contentType" | "contentEncoding">,
  body: Uint8Array,
): DecodedTaskMessage {
  const { contentType, contentEncoding } = properties;
  const compression = headers.get("compression") ?? null;
  const payload = unpackBody(body, { compression, contentType, contentEncoding });
  const parts = splitTaskMessage(headers, payload.ok ? payload.value : undefined);
  const { protocol, fields, args, kwargs, embed, problem } = parts;
  const problems = payload.ok ? [] : [`body: ${payload.reason}`];
  if (problem !== null) problems.push(problem);
  const reader = new FieldReader(problems);
  const task = {
    protocol,
    ...readIdentity(reader, fields),
    ...readOptions(reader, fields),
    args: reader.requiredArray("args", args),
    kwargs: reader.requiredObject("kwargs", kwargs),
    callbacks: reader.array("callbacks", embed.get("callbacks")),
    errbacks: reader.array("errbacks", embed.get("errbacks")),
    chain: reader.array("chain", embed.get("chain")),
    chord: reader.object("chord", embed.get("chord")),
    isRedelivered: headers.get("redelivered") === true,
    customHeaders: new Map([...headers].filter(([name]) => !CELERY_HEADERS.has(name))),
    problems,
  };
  const isTooDeep = !payload.ok && payload.reason === NESTED_TOO_DEEP;
  return { ...task, isDeadly: isTooDeep || parts.isDeadly || reader.isDeadly || lacksId(parts) };
}

/** A worker looks the id up among the headers without asking whether it is there; in a body it may be missing. */
function lacksId({ protocol, fields }: TaskMessageParts): boolean {
  return protocol === 2 && !fields.has("id");
}

function readIdentity(reader: FieldReader, fields: WireObject) {
  return {
    id: reader.requiredText("id", fields),
    task: reader.requiredText("task", fields),
    shadow: reader.text("shadow", fields),
    // Protocol 1 had its group under this name too.
    group: reader.text("group", fields) ?? textOf(fields.get("taskset")),
    groupIndex: reader.integer("group_index", fields),
    rootId: reader.text("root_id", fields),
    parentId: reader.text("parent_id", fields),
    argsRepr: reader.text("argsrepr", fields),
    kwargsRepr: reader.text("kwargsrepr", fields),
    origin: reader.text("origin", fields),
  };
}

function readOptions(reader: FieldReader, fields: WireObject) {
  return {
    eta: reader.text("eta", fields),
    expires: reader.text("expires", fields),
    retries: reader.integer("retries", fields),
    timeLimits: reader.timeLimits(fields),
    ignoreResult: reader.boolean("ignore_result", fields),
    stamps: reader.object("stamps", fields.get("stamps")),
  };
}
