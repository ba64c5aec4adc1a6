import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { ENDPOINTS } from "@/lib/api/endpoints";
import { describeApi } from "@/lib/api/openapi";

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
