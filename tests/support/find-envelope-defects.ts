/**
 * What in a Redis envelope would kill a worker or make it drop the task (celery-wire.md A.9), in words. Written on its
 * own, with nothing of lib/celery, so that it can judge what lib/celery builds.
 */
export function findEnvelopeDefects(text: string): string[] {
  const envelope = parse(text);
  if (!isObject(envelope)) return ["the envelope is no JSON object"];
  const defects: string[] = [];
  const expect = (holds: boolean, defect: string) => void (holds || defects.push(defect));
  const { headers, properties, body } = envelope;
  expect(isObject(headers) && isObject(properties), "headers or properties missing");
  if (!isObject(headers) || !isObject(properties)) return defects;
  const info = properties.delivery_info;
  expect(isName(properties.delivery_tag), "delivery_tag missing");
  expect(isObject(info) && typeof info.exchange === "string", "delivery_info.exchange missing");
  expect(isObject(info) && isName(info.routing_key), "delivery_info.routing_key missing");
  expect(envelope["content-type"] === "application/json", "content-type not accepted");
  expect(properties.body_encoding === "base64" && typeof body === "string", "body missing");
  expect(isName(headers.id), "id is no text");
  expect(properties.correlation_id === headers.id, "correlation_id is not the id");
  expect(isName(headers.task), "task is no text");
  expect(headers.timelimit === null || hasLength(headers.timelimit, 2), "timelimit has not two items");
  for (const name of ["eta", "expires"]) expect(isInstant(headers[name]), `${name} is no time`);
  expect(Number.isInteger(headers.retries), "retries is no number");
  const decoded = parse(Buffer.from(String(body), "base64").toString("utf8"));
  expect(hasLength(decoded, 3), "the body has not three parts");
  const [args, kwargs, embed] = Array.isArray(decoded) ? decoded : [];
  expect(Array.isArray(args), "args is no array");
  expect(isObject(kwargs), "kwargs is no object");
  expect(isObject(embed), "embed is no object");
  expect(depthOf(decoded) <= DEADLY_DEPTH, "nested so deep that a worker cannot pickle it");
  return defects;
}

/** Deeper args than these were seen to kill workers; see docs/celery-versions.md. */
const DEADLY_DEPTH = 400;

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** As Python would: `NaN` and `Infinity` are numbers. */
function parse(text: string): unknown {
  const standard = text.replace(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (token) =>
    token.startsWith('"') ? token : "0",
  );
  try {
    return JSON.parse(standard, refuseUnreadable);
  } catch {
    return undefined;
  }
}

const TYPES = ["datetime", "date", "time", "decimal", "uuid", "bytes", "base64"];

/** kombu reads every object of these two keys as a typed value and gives the document up when it can't. */
function refuseUnreadable(_key: string, value: unknown): unknown {
  if (!isObject(value) || Object.keys(value).sort().join() !== "__type__,__value__") return value;
  if (!TYPES.includes(String(value.__type__))) throw new Error("unknown type");
  return "typed";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function hasLength(value: unknown, length: number): boolean {
  return Array.isArray(value) && value.length === length;
}

function isInstant(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/.test(value);
}
