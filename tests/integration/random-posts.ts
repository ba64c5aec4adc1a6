import fc from "fast-check";
import { z } from "zod";
import type { Endpoint } from "@/lib/api/endpoint";
import { ENDPOINTS } from "@/lib/api/endpoints";

/** A request to make, as it goes over the wire. */
export interface RandomPost {
  /** Of ENDPOINTS. */
  readonly path: string;
  /** Below /api/v1, its parameters filled in. */
  readonly url: string;
  readonly contentType: string | null;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What is there, so that some of the requests mean something. */
export interface RealNames {
  readonly hostname: string;
  /** Texts that a field or a path may hold: ids, queues, names of tasks. */
  readonly texts: readonly string[];
}

const TEXT_TYPES = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""];
/** Valid for no worker that is there. */
const NOBODY = "nobody@nowhere";

/** Requests to every POST endpoint alike: near-valid ones, random JSON, and what is no JSON at all. */
export function randomPosts(names: RealNames): fc.Arbitrary<RandomPost> {
  const posts = ENDPOINTS.filter(({ method }) => method === "post");
  return fc.oneof(...posts.map((endpoint) => randomPost(endpoint, names)));
}

function randomPost({ path, body }: Endpoint, names: RealNames): fc.Arbitrary<RandomPost> {
  return fc.record({
    path: fc.constant(path),
    url: fillPath(path, names),
    contentType: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom("application/json", "application/json; charset=utf-8") },
      { weight: 1, arbitrary: fc.constantFrom(...TEXT_TYPES, null) },
    ),
    body: fc
      .oneof(
        { weight: 8, arbitrary: nearlyValid(body, names).map(writeJson) },
        { weight: 2, arbitrary: hostileJson().map(writeJson) },
        { weight: 2, arbitrary: noJson() },
      )
      .map((content) => Uint8Array.from(Buffer.from(content))),
  });
}

/** Each parameter is a real name, or any text; what would end the worker goes to nobody. */
function fillPath(path: string, { hostname, texts }: RealNames): fc.Arbitrary<string> {
  const parts = path.split(/(\{\w+\})/).map((part) => {
    if (!part.startsWith("{")) return fc.constant(part);
    const isDeadly = path.endsWith("/shutdown");
    const worker = isDeadly ? NOBODY : hostname;
    const real = part === "{hostname}" ? fc.constant(worker) : fc.constantFrom(...texts);
    const random = fc
      .oneof(fc.string({ unit: "binary" }), fc.constantFrom("..", "a/b", "\0", "%", "é".repeat(300)))
      .map((text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "?")));
    const malformed = fc.constantFrom("%", "%zz", "%E0%A4%A");
    return fc.oneof(
      { weight: 12, arbitrary: real.map(encodeURIComponent) },
      { weight: 4, arbitrary: random },
      { weight: 1, arbitrary: malformed },
    );
  });
  return fc.tuple(...parts).map((filled) => filled.join(""));
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A value by the endpoint's own schema, left as it is or spoiled in one place. */
function nearlyValid(schema: z.ZodType | undefined, names: RealNames): fc.Arbitrary<unknown> {
  const valid =
    schema === undefined ? fc.constant({}) : byJsonSchema(z.toJSONSchema(schema, { io: "input" }), names);
  const spoiled = fc
    .record({ value: valid, key: fc.nat(), other: fc.oneof(hostileJson(), fc.constant(undefined)) })
    .map(({ value, key, other }) => {
      if (typeof value !== "object" || value === null) return other;
      const keys = [...Object.keys(value), "surplus"];
      return { ...value, [keys[key % keys.length] ?? "surplus"]: other };
    });
  return fc.oneof(valid, spoiled);
}

function byJsonSchema(schema: JsonSchema | boolean, names: RealNames): fc.Arbitrary<unknown> {
  if (typeof schema === "boolean") return fc.jsonValue();
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => byJsonSchema(choice, names)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  switch (schema.type) {
    case "string":
      return fc.oneof(fc.constantFrom(...names.texts), fc.string({ minLength: 1 }));
    case "integer":
    case "number":
      // Small: a valid request is carried out.
      return fc.constantFrom(1, Math.max(1, Number(schema.minimum ?? 1)), 2);
    case "boolean":
      return fc.boolean();
    case "array": {
      const item = Array.isArray(schema.items) ? true : (schema.items ?? true);
      return fc.array(byJsonSchema(item, names), { minLength: 1, maxLength: 3 });
    }
    case "object":
      return objectByJsonSchema(schema, names);
    default:
      return fc.constant(null);
  }
}

function objectByJsonSchema(schema: JsonSchema, names: RealNames): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, property]) => [name, byJsonSchema(property, names)] as const,
  );
  const { additionalProperties } = schema;
  if (properties.length === 0 && typeof additionalProperties === "object") {
    return fc.dictionary(fc.string({ minLength: 1 }), byJsonSchema(additionalProperties, names), {
      minKeys: 1,
      maxKeys: 3,
    });
  }
  const { required = [] } = schema;
  const needed = properties.filter(([name]) => required.includes(name));
  // Of the many that may be absent, one is soon wrong.
  return fc.oneof(
    fc.record(Object.fromEntries(needed)),
    fc.record(Object.fromEntries(properties), { requiredKeys: required }),
  );
}

function hostileJson(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      -1,
      0,
      1.5,
      1e9,
      1e308,
      -1e308,
      Number.MAX_SAFE_INTEGER,
      null,
      "",
      "\0",
      "\ud800",
      "__proto__",
    ),
    fc.string({ unit: "binary", maxLength: 2_000 }),
    fc.nat({ max: 3_000 }).map((depth) => nest(depth)),
    fc.constantFrom(RAW_NUMBER, RAW_PROTO),
  );
}

function nest(depth: number): unknown {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { value };
  return value;
}

/** JSON that JSON.stringify can't write: put in as it is. */
const RAW_NUMBER = "raw:number";
const RAW_PROTO = "raw:proto";

function writeJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text
    .replaceAll(`"${RAW_NUMBER}"`, `-${"9".repeat(400)}e999`)
    .replaceAll(`"${RAW_PROTO}"`, '{"__proto__": {"polluted": true}, "constructor": 1}');
}

function noJson(): fc.Arbitrary<string | Uint8Array> {
  return fc.oneof(
    fc.constantFrom(
      "",
      "{",
      '{"n": 1',
      "NaN",
      "\ufeff{}",
      "{'n': 1}",
      "n=1&queue=mail",
      "[".repeat(50_000),
      "null",
    ),
    fc.string({ unit: "binary" }),
    fc.uint8Array({ maxLength: 200 }),
    fc.constant(JSON.stringify({ n: "x".repeat(1_000_000) })),
  );
}
