import { z } from "zod";
import type { Endpoint } from "./endpoint";
import { ENDPOINTS } from "./endpoints";
import { errorSchema } from "./schemas/common";

/** The OpenAPI 3.1 description of the contract, as a JSON-ready object. */
export function describeApi(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of ENDPOINTS) {
    const operations = paths[endpoint.path] ?? {};
    operations[endpoint.method] = describeOperation(endpoint);
    paths[endpoint.path] = operations;
  }
  return {
    openapi: "3.1.0",
    info: { title: "Celeriac", version },
    servers: [{ url: "/api/v1" }],
    paths,
    components: {
      securitySchemes: {
        basic: { type: "http", scheme: "basic" },
        session: { type: "apiKey", in: "cookie", name: "celeriac_session" },
      },
    },
    security: [{ basic: [] }, { session: [] }],
  };
}

function describeOperation(endpoint: Endpoint): Record<string, unknown> {
  const status = String(endpoint.status ?? 200);
  return {
    summary: endpoint.summary,
    parameters: [...pathParameters(endpoint.path), ...queryParameters(endpoint.query)],
    ...(endpoint.body && { requestBody: { required: true, content: json(endpoint.body, "input") } }),
    responses: {
      [status]: {
        description: "Good",
        ...(endpoint.answer && { content: describeAnswer(endpoint.answer, endpoint.lines) }),
      },
      default: { description: "Error", content: json(errorSchema, "output") },
    },
  };
}

function pathParameters(path: string): unknown[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodObject | undefined): unknown[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: toJsonSchema(schema as z.ZodType, "input"),
  }));
}

function describeAnswer(answer: z.ZodType, lines: z.ZodType | undefined): Record<string, unknown> {
  if (lines === undefined) return json(answer, "output");
  return { ...json(answer, "output"), "application/x-ndjson": { schema: toJsonSchema(lines, "output") } };
}

function json(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  return { "application/json": { schema: toJsonSchema(schema, io) } };
}

function toJsonSchema(schema: z.ZodType, io: "input" | "output"): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
