import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStoredArgs } from "@/lib/celery/args/read-stored-args";
import type { ArgsClass } from "@/lib/celery/args-class";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { openResultTable } from "@/lib/results/open-result-table";
import type { ResultTable } from "@/lib/results/results";
import { createTestProject, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

// What docs/args.md promises of each way to store args in full: its table is this one.

const VALUES = {
  long: "'x' * 3000",
  deep: "[1, [2, [3, [4]]]]",
  dots: "'ends in...'",
  backslash: "'ends in \\\\'",
  decimal: "Decimal('1.50')",
  bytes: "b'raw'",
} as const;
type ValueName = keyof typeof VALUES;

/** Python that is run where tasks are sent from. */
const RECIPES = {
  none: "",
  "larger text": "app.amqp.argsrepr_maxsize = app.amqp.kwargsrepr_maxsize = 30_000",
  "larger and deeper text": `
app.amqp.argsrepr_maxsize = app.amqp.kwargsrepr_maxsize = 30_000
app.conf.task_repr_maxlevels = 50`,
  "protocol 1": "",
  "no text": `
from celery.signals import before_task_publish

@before_task_publish.connect(weak=False)
def store_real_args(headers=None, **_):
    headers.pop("argsrepr", None)
    headers.pop("kwargsrepr", None)`,
} as const;
type RecipeName = keyof typeof RECIPES;

/** Django settings of a recipe. What Celery was told by them can't be changed in its own configuration before 5.7. */
const SETTINGS: Partial<Record<RecipeName, string>> = { "protocol 1": "settings.CELERY_TASK_PROTOCOL = 1" };

const LOST = {
  long: "lossy",
  deep: "lossy",
  dots: "lossy",
  backslash: "lossy",
  decimal: "typed",
  bytes: "lossy",
} as const;
const WHOLE = {
  long: "exact",
  deep: "exact",
  dots: "exact",
  backslash: "exact",
  decimal: "exact",
  bytes: "exact",
} as const;
const EXPECTED: Record<RecipeName, Record<ValueName, ArgsClass>> = {
  none: LOST,
  "larger text": { ...LOST, long: "safe" },
  "larger and deeper text": { ...LOST, long: "safe", deep: "safe" },
  "protocol 1": WHOLE,
  "no text": WHOLE,
};

/** What the task is called with, as JSON, where its class says that it can be sent. */
const REAL: Record<ValueName, string> = {
  long: `["${"x".repeat(3_000)}"]`,
  deep: "[[1, [2, [3, [4]]]]]",
  dots: '["ends in..."]',
  backslash: '["ends in \\\\"]',
  decimal: '[{"__type__": "decimal", "__value__": "1.50"}]',
  bytes: '[{"__type__": "bytes", "__value__": "raw"}]',
};

describe.each(["newest", "oldest"] as const)("args that Celery stores, %s", (set) => {
  let redis: RedisServer;
  let project: TestProject;
  let results: ResultTable;

  beforeAll(async () => {
    redis = await startRedisServer();
    const environment = await ensurePythonEnvironment(set);
    project = await createTestProject({ environment, brokerUrl: redis.url });
    results = openResultTable({ url: project.databaseUrl });
    await project.startWorker({ name: "args", args: ["--pool", "solo"] });
  });
  afterAll(async () => {
    await results?.close();
    await project?.stop();
    await redis?.stop();
  });

  /** Celery 5.2 can't send bytes as JSON, and has no setting for the depth. */
  const { bytes: _bytes, ...withoutBytes } = VALUES;
  const values: Partial<typeof VALUES> = set === "newest" ? VALUES : withoutBytes;
  const names = Object.keys(values) as ValueName[]; // Only names of VALUES are in it.
  const recipes = (Object.keys(RECIPES) as RecipeName[]).filter(
    (name) => set === "newest" || name !== "larger and deeper text",
  );

  /** Sends a task with each of the values; returns the ids by the values' names. */
  async function send(recipe: RecipeName) {
    const output = await project.run(`
import json
from decimal import Decimal
from django.conf import settings
from test_project import celery_app as app
${SETTINGS[recipe] ?? ""}
app.conf.task_protocol  # Loads the settings, which would else come over what is set here.
${RECIPES[recipe]}
def send(value):
    return app.send_task("test_project.tasks.echo", (value,)).id
print(json.dumps({${Object.entries(values).map(([name, value]) => `${JSON.stringify(name)}: send(${value})`)}}))`);
    return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Record<string, string>;
  }

  async function readArgs(id: string) {
    const [row] = await waitFor(
      async () => {
        const rows = await results.listArgs([id]);
        return rows[0]?.status === "SUCCESS" ? rows : null;
      },
      { timeoutMs: 90_000, what: `SUCCESS of ${id}` },
    );
    if (row === undefined) throw new Error("there is a row");
    return readStoredArgs(row.args, row);
  }

  test.each(recipes)("%s", async (recipe) => {
    const ids = await send(recipe);
    const read = await Promise.all(
      names.map(async (name) => [name, await readArgs(ids[name] ?? "")] as const),
    );
    expect(Object.fromEntries(read.map(([name, args]) => [name, args.class]))).toEqual(
      Object.fromEntries(names.map((name) => [name, EXPECTED[recipe][name]])),
    );
    for (const [name, { value }] of read) {
      if (value === null) continue;
      // Celery 5.2 sends a text in the place of a Decimal, and the task gets that.
      const isText = name === "decimal" && set === "oldest" && EXPECTED[recipe].decimal === "exact";
      expect(writeWireJson(value)).toBe(isText ? '["1.50"]' : REAL[name]);
    }
  });
});
