import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ENDPOINTS } from "@/lib/api/endpoints";
import { describeApi } from "@/lib/api/openapi";

const ROUTES = "app/api/v1";
const isRoute = (file: string) => basename(file) === "route.ts";

test("describes each operation with its parameters and answers", () => {
  const api = describeApi("1.2.3") as { paths: Record<string, Record<string, { parameters: unknown[] }>> };
  expect(api.paths["/tasks"]?.get?.parameters).toContainEqual(
    expect.objectContaining({ name: "limit", in: "query" }),
  );
  expect(api.paths["/queues/{name}/history"]?.get?.parameters).toContainEqual(
    expect.objectContaining({ name: "name", in: "path", required: true }),
  );
  expect(Object.keys(api.paths)).toHaveLength(new Set(ENDPOINTS.map(({ path }) => path)).size);
});

test.each(ENDPOINTS.map(({ path }) => path))("%s has a route", (path) => {
  const folder = path.replaceAll("{", "[").replaceAll("}", "]");
  // A worker's commands share one.
  const shared = folder.replace(/(workers\/\[hostname\])\/.*/, "$1/[command]");
  expect([folder, shared].some((name) => existsSync(`app/api/v1${name}/route.ts`))).toBe(true);
});

test("each handler is described", () => {
  const described = new Set(ENDPOINTS.map(({ method, path }) => `${method} ${path}`));
  const files = readdirSync(ROUTES, { recursive: true, encoding: "utf8" }).filter(isRoute);
  const handlers = files.flatMap((file) => {
    const methods = [
      ...readFileSync(join(ROUTES, file), "utf8").matchAll(/^export const (GET|POST|DELETE) /gm),
    ];
    const path = `/${dirname(file)}`.replaceAll("[", "{").replaceAll("]", "}");
    return methods.map(([, method = ""]) => `${method.toLowerCase()} ${path}`);
  });
  expect(handlers.filter((handler) => !described.has(handler)).sort()).toEqual([
    "get /openapi.json",
    // Described one by one.
    "post /workers/{hostname}/{command}",
  ]);
});

test("says which parameters must be there, and which answers come line by line", () => {
  const { paths } = describeApi("1.2.3") as {
    paths: Record<string, Record<string, { parameters: unknown[]; responses: { 200: { content: object } } }>>;
  };
  const parameters = paths["/redispatches/{id}/retry-ids"]?.get?.parameters;
  expect(parameters).toContainEqual(expect.objectContaining({ name: "of", required: true }));
  expect(parameters).toContainEqual(expect.objectContaining({ name: "error", required: false }));
  const content = paths["/redispatches/preview"]?.post?.responses[200].content;
  expect(Object.keys(content ?? {})).toEqual(["application/json", "application/x-ndjson"]);
});
