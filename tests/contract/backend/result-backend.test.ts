import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openResultBackend } from "@/lib/backend/open-result-backend";
import type { ResultBackend } from "@/lib/backend/result-backend";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { createTestProject, type TestCall, type TestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { makeTempFolder, removeFolder } from "@/tests/support/make-temp-folder";
import { type RedisServer, startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const DEEP = "[1, [2, [3, [4, ['five']]]]]";
const LONG = "x".repeat(3_000);

/** What an entry says of a call, with values as the JSON that would be sent. */
async function readCall(backend: ResultBackend, id: string) {
  const found = (await backend.listArgs([id])).get(id);
  if (found === undefined) return null;
  const { source, name, args, kwargs } = found;
  return {
    ...{ source, name, class: [args.class, kwargs.class] },
    args: args.value && writeWireJson(args.value),
    kwargs: kwargs.value && writeWireJson(kwargs.value),
  };
}

const SOURCES = ["redis-backend", "database-backend"] as const;

describe.each(["newest", "oldest"] as const)("what real workers of the %s Celery stored", (set) => {
  const folder = makeTempFolder("backend");
  const projects = new Map<(typeof SOURCES)[number], TestProject>();
  let redis: RedisServer;

  const urls = {
    "redis-backend": () => redis.url.replace(/\/0$/, "/1"),
    "database-backend": () => `db+sqlite:///${join(folder, "results.db")}`,
  };

  beforeAll(async () => {
    redis = await startRedisServer();
    const environment = await ensurePythonEnvironment(set);
    const start = async (source: (typeof SOURCES)[number]) => {
      const resultBackend = urls[source]();
      const project = await createTestProject({ environment, brokerUrl: redis.url, resultBackend });
      projects.set(source, project);
      await project.startWorker({ name: source, queues: [source], args: ["--pool", "solo"] });
    };
    await Promise.all(SOURCES.map(start));
  });
  afterAll(async () => {
    await Promise.all([...projects.values()].map((project) => project.stop()));
    await redis?.stop();
    removeFolder(folder);
  });

  function projectOf(source: (typeof SOURCES)[number]): TestProject {
    const project = projects.get(source);
    if (project === undefined) throw new Error(`no project for ${source}`);
    return project;
  }

  async function send(source: (typeof SOURCES)[number], call: TestCall): Promise<string> {
    const [id = ""] = await projectOf(source).send([{ ...call, options: { queue: source } }]);
    return id;
  }

  describe.each(SOURCES)("%s", (source) => {
    let backend: ResultBackend;

    beforeAll(() => {
      backend = openResultBackend(urls[source]());
    });
    afterAll(() => backend.close());

    async function callOf(id: string) {
      return await waitFor(() => readCall(backend, id), { timeoutMs: 60_000, what: `an entry of ${id}` });
    }

    test("args that a text would lose are there in full", async () => {
      const id = await send(source, {
        task: "test_project.tasks.fail",
        args: `(1, ${DEEP}, 10 ** 30, 1.0)`,
        kwargs: `{'text': '${LONG}', 'none': None}`,
      });
      expect(await callOf(id)).toEqual({
        ...{ source, name: "test_project.tasks.fail", class: ["exact", "exact"] },
        args: `[1, [1, [2, [3, [4, ["five"]]]]], 1${"0".repeat(30)}, 1.0]`,
        kwargs: `{"text": "${LONG}", "none": null}`,
      });
      expect(backend.getStatus()).toMatchObject({ connected: true, error: null });
    });

    test("typed values are as that kombu stores them", async () => {
      const args = "(Decimal('1.50'), datetime.date(2024, 1, 2))";
      const id = await send(source, { task: "test_project.tasks.echo", args });
      const typed =
        '[{"__type__": "decimal", "__value__": "1.50"}, {"__type__": "date", "__value__": "2024-01-02"}]';
      const text = '["1.50", "2024-01-02T00:00:00"]';
      expect((await callOf(id)).args).toBe(set === "newest" ? typed : text);
    });

    test("a step that a failed chain never reached has no args", async () => {
      const output = await projectOf(source).run(`
from celery import chain
from test_project.tasks import fail, echo
last = chain(fail.si("first").set(queue=${JSON.stringify(source)}), echo.s("second").set(queue=${JSON.stringify(source)})).apply_async()
print(last.parent.id, last.id)`);
      const [first = "", second = ""] = output.trim().split(" ");
      expect(await callOf(second)).toMatchObject({ class: ["unknown", "unknown"], args: null });
      expect(await callOf(first)).toMatchObject({ args: '["first"]' });
    });

    test("ids that it does not know are absent, however many are asked for", async () => {
      const ids = Array.from({ length: 1_000 }, () => randomUUID());
      expect(await backend.listArgs(ids)).toEqual(new Map());
      expect(await backend.listArgs([])).toEqual(new Map());
      expect(await backend.listArgs(["no\0id"])).toEqual(new Map());
    });
  });

  test("Redis tells each result as it is stored", async () => {
    const backend = openResultBackend(urls["redis-backend"]());
    const stop = new AbortController();
    const told: string[] = [];
    await backend.subscribeResults?.(
      (id, entry) => told.push(`${id} ${JSON.parse(Buffer.from(entry).toString()).status}`),
      stop.signal,
    );
    const id = await send("redis-backend", { task: "test_project.tasks.add", args: "(1, 2)" });
    await waitFor(() => told.includes(`${id} SUCCESS`), { what: () => `SUCCESS of ${id} in ${told}` });
    stop.abort();
    await backend.close();
  });
});

describe("Redis", () => {
  let redis: RedisServer;
  let client: Redis;

  beforeAll(async () => {
    redis = await startRedisServer();
    client = new Redis(redis.url);
    // One test kills the server.
    client.on("error", () => undefined);
  });
  afterAll(async () => {
    client.disconnect();
    await redis.stop();
  });

  function store(key: string, part: object = {}) {
    return client.set(
      key,
      JSON.stringify({ status: "FAILURE", worker: "a@b", name: "x", args: [1], kwargs: {}, ...part }),
    );
  }

  test.each([
    ["", "celery-task-meta-"],
    ["?global_keyprefix=shop", "shop_celery-task-meta-"],
    ["?global_keyprefix=shop:", "shop:celery-task-meta-"],
    ["?global_keyprefix=a*%5B", "a*[_celery-task-meta-"],
  ])("with %j the keys begin with %s", async (query, prefix) => {
    const backend = openResultBackend(redis.url + query);
    await store(`${prefix}t1`);
    expect(await readCall(backend, "t1")).toMatchObject({ args: "[1]" });
    const stop = new AbortController();
    const told: string[] = [];
    await backend.subscribeResults?.((id) => told.push(id), stop.signal);
    await client.publish(`x${prefix}t1`, "{}");
    await client.publish(`${prefix}t2`, "{}");
    await waitFor(() => told.length > 0);
    expect(told).toEqual(["t2"]);
    stop.abort();
    await backend.close();
  });

  test("large entries are read a few at a time, and a monstrous one not at all", async () => {
    const backend = openResultBackend(redis.url);
    const ids = Array.from({ length: 30 }, (_, index) => `large-${index}`);
    for (const id of ids) await store(`celery-task-meta-${id}`, { result: "x".repeat(1_000_000) });
    await store("celery-task-meta-monster", { result: "x".repeat(9_000_000) });
    const found = await backend.listArgs([...ids, "monster"]);
    expect([...found.keys()].sort()).toEqual([...ids].sort());
    await backend.close();
  });

  test("while it is away every read says so, and it comes back by itself", async () => {
    const backend = openResultBackend(redis.url);
    expect(await backend.listArgs(["nothing"])).toEqual(new Map());
    await redis.kill();
    await waitFor(() => !backend.getStatus().connected);
    await expect(backend.listArgs(["t"])).rejects.toMatchObject({
      code: "results_unavailable",
      message: expect.stringMatching(
        /^The result backend can't be read: .*CELERIAC_RESULT_BACKEND_URL says where it is\.$/,
      ),
    });
    expect(backend.getStatus().error).not.toMatch(/broker/);
    await redis.restart();
    await waitFor(() => backend.listArgs(["t"]));
    await backend.close();
  });
});
