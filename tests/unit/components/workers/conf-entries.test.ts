import { expect, it } from "vitest";
import { listConfEntries } from "@/components/workers/conf-entries";

const CONF = { task_routes: { "a.*": { queue: "x" } }, broker_url: "redis://h", result_backend: null };

it("lists settings by name, texts as they are and the rest as JSON", () => {
  expect(listConfEntries(CONF, "")).toEqual([
    { key: "broker_url", value: "redis://h" },
    { key: "result_backend", value: "null" },
    { key: "task_routes", value: '{\n  "a.*": {\n    "queue": "x"\n  }\n}' },
  ]);
});

it("finds in names and in values", () => {
  expect(listConfEntries(CONF, "BROKER")?.map(({ key }) => key)).toEqual(["broker_url"]);
  expect(listConfEntries(CONF, '"x"')?.map(({ key }) => key)).toEqual(["task_routes"]);
  expect(listConfEntries(CONF, "nothing")).toEqual([]);
});

it.each([null, "x", [1]])("knows no settings from %j", (conf) => {
  expect(listConfEntries(conf, "")).toBeNull();
});
