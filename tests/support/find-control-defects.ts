/**
 * What in a control message on Redis would freeze, end or empty a worker, or what Celery's own client would not send
 * (celery-wire.md C.2, C.5–C.7), in words. Written on its own, with nothing of lib/celery, so that it can judge what
 * lib/celery builds.
 */
export function findControlDefects(text: string): string[] {
  const envelope = parse(text);
  if (!isObject(envelope)) return ["the envelope is no JSON object"];
  const { headers, properties, body } = envelope;
  const info = isObject(properties) ? properties.delivery_info : undefined;
  return [
    ...defectUnless(isObject(headers) && typeof headers.clock === "number", "clock is no number"),
    ...defectUnless(isObject(properties) && isName(properties.delivery_tag), "delivery_tag missing"),
    ...defectUnless(
      isObject(properties) && properties.body_encoding === "base64",
      "body_encoding is another",
    ),
    ...defectUnless(
      isObject(info) && info.exchange === "celery.pidbox" && info.routing_key === "",
      "misdelivered",
    ),
    ...defectUnless(envelope["content-type"] === "application/json", "content-type not accepted"),
    ...findRequestDefects(parse(Buffer.from(String(body), "base64").toString("utf8"))),
  ];
}

/** The same of a message's body. */
function findRequestDefects(request: unknown): string[] {
  if (!isObject(request)) return ["the body is no object"];
  const { method, arguments: args, destination, pattern, matcher, reply_to: replyTo, ticket } = request;
  const rule = RULES[String(method)];
  if (rule === undefined) return [`\`${String(method)}\` may not be sent`];
  const isAddressed = destination === null || (isList(destination) && destination.every(isName));
  return [
    ...defectUnless(isAddressed, "destination is neither null nor a list of names"),
    ...defectUnless(pattern === null && matcher === null, "pattern or matcher set"),
    ...defectUnless(isName(ticket), "ticket missing"),
    ...defectUnless(
      isObject(replyTo) && replyTo.exchange === "" && isName(replyTo.routing_key),
      "reply_to is no address",
    ),
    ...defectUnless(isObject(args), "arguments is no object"),
    ...(isObject(args) ? findArgumentDefects(args, rule) : []),
  ].map((defect) => `${String(method)}: ${defect}`);
}

interface Rule {
  /** Each argument with what it has to be; `?` at the end of a name: it may be absent. */
  readonly takes: Readonly<Record<string, (value: unknown) => boolean>>;
  readonly holds?: (args: Record<string, unknown>) => boolean;
}

const TERMINATION = {
  "terminate?": isFlag,
  "signal?": (value: unknown) => ["TERM", "QUIT", "KILL", "USR1"].includes(String(value)),
};
const ASKS: Rule = { takes: {} };

const RULES: Readonly<Record<string, Rule>> = {
  ...{ ping: ASKS, report: ASKS, stats: ASKS, active_queues: ASKS, reserved: ASKS, scheduled: ASKS },
  ...{ revoked: ASKS, heartbeat: ASKS, shutdown: ASKS, pool_restart: ASKS },
  ...{ enable_events: ASKS, disable_events: ASKS },
  active: { takes: { "safe?": isFlag } },
  registered: { takes: { "taskinfoitems?": (value) => isNames(value, 0), "builtins?": isFlag } },
  conf: { takes: { "with_defaults?": isFlag } },
  query_task: { takes: { ids: (value) => isNames(value, 1) } },
  pool_grow: { takes: { n: (value) => isCount(value, 1) } },
  pool_shrink: { takes: { n: (value) => isCount(value, 1) } },
  autoscale: {
    takes: { max: (value) => isCount(value, 1), min: (value) => isCount(value, 0) },
    holds: ({ min, max }) => Number(min) <= Number(max),
  },
  add_consumer: { takes: { queue: isTaskQueue } },
  cancel_consumer: { takes: { queue: isName } },
  rate_limit: { takes: { task_name: isName, rate_limit: isRate } },
  time_limit: {
    takes: { task_name: isName, soft: isLimit, hard: isLimit },
    holds: ({ soft, hard }) => soft === null || hard === null || Number(soft) <= Number(hard),
  },
  revoke: { takes: { task_id: (value) => isNames(value, 1), ...TERMINATION } },
  revoke_by_stamped_headers: { takes: { headers: isStamps, ...TERMINATION } },
};

function findArgumentDefects(args: Record<string, unknown>, { takes, holds }: Rule): string[] {
  const names = Object.keys(takes).map((name) => name.replace("?", ""));
  const defects = Object.keys(args).flatMap((name) => defectUnless(names.includes(name), `takes no ${name}`));
  for (const [key, isRight] of Object.entries(takes)) {
    const name = key.replace("?", "");
    const isThere = Object.hasOwn(args, name);
    if (!isThere && name === key) defects.push(`${name} missing`);
    if (isThere && !isRight(args[name])) defects.push(`${name} is ${JSON.stringify(args[name])}`);
  }
  return holds === undefined || holds(args) ? defects : [...defects, "the arguments contradict each other"];
}

function defectUnless(holds: boolean, defect: string): string[] {
  return holds ? [] : [defect];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0;
}

/** What any broker and any database of a worker takes. */
function isName(value: unknown): boolean {
  return (
    typeof value === "string" && value.length > 0 && value.length <= 255 && !/[\p{Cc}\p{Cs}]/u.test(value)
  );
}

function isNames(value: unknown, least: number): boolean {
  return Array.isArray(value) && value.length >= least && value.every(isName);
}

/** Not one that ends a worker: too long or reserved on RabbitMQ, or a mailbox. */
function isTaskQueue(value: unknown): boolean {
  const name = String(value);
  return (
    isName(value) &&
    Buffer.byteLength(name) <= 255 &&
    !/^(amq|celeriac|celeryev)\.|^celery_delayed_|\.pidbox$/.test(name)
  );
}

function isFlag(value: unknown): boolean {
  return value === true || value === false;
}

function isCount(value: unknown, least: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= 1_000;
}

function isRate(value: unknown): boolean {
  if (typeof value === "number") return value >= 0 && value <= 1e9;
  return typeof value === "string" && /^\d+(\.\d+)?(\/[smh])?$/.test(value);
}

function isLimit(value: unknown): boolean {
  return value === null || (typeof value === "number" && value > 0 && value <= 31_536_000);
}

function isStamps(value: unknown): boolean {
  const isText = (item: unknown) => typeof item === "string" && item !== "";
  return (
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.values(value).every((values) => isList(values) && values.every(isText))
  );
}
