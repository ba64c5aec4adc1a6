import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { ensureBuild } from "@/examples/demo/ensure-build";
import { ENDPOINTS } from "@/lib/api/endpoints";
import { actionPageSchema } from "@/lib/api/schemas/control";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { findControlDefects } from "@/tests/support/find-control-defects";
import { findEnvelopeDefects } from "@/tests/support/find-envelope-defects";
import { getFreePort } from "@/tests/support/get-free-port";
import { type RedisRecording, recordRedisCommands } from "@/tests/support/record-redis-commands";
import { sharePostgresServer } from "@/tests/support/shared-servers/share-postgres-server";
import { startCeleriac } from "@/tests/support/start-celeriac";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";
import { type RandomPost, randomPosts } from "./random-posts";

const POSTS = 2_000;
const AT_ONCE = 8;
/** Half a minute of computing, which takes its time where ten other programs compute. */
const TIMEOUT_MS = 600_000;
/** What of the random posts is valid, and so has to arrive. */
const REACHED = ["add_consumer", "cancel_consumer", "rate_limit", "time_limit", "revoke", "pool_grow"];
const ECHO = "test_project.tasks.echo";

beforeAll(() => ensureBuild((line) => void process.stderr.write(`${line}\n`)));

/** Redis, a worker, and the whole of Celeriac on PostgreSQL, the database that takes the fewest texts. */
async function startAll() {
  const redis = await startRedisServer();
  onTestFinished(() => redis.stop());
  const postgres = await sharePostgresServer();
  const databaseUrl = await postgres.createDatabase("results");
  const environment = await ensurePythonEnvironment("newest");
  const project = await createTestProject({ environment, brokerUrl: redis.url, databaseUrl });
  onTestFinished(() => project.stop());
  // Threads: a pool that takes no order to grow stays small, whatever is asked of it.
  const worker = await project.startWorker({
    ...{ name: "target", args: ["--pool", "threads"], env: { TEST_ACCEPT_CONTENT: "json" } },
  });
  const port = await getFreePort();
  const celeriac = await startCeleriac({
    settings: {
      ...{ CELERY_BROKER_URL: redis.url, RESULTS_DATABASE_URL: databaseUrl, PORT: String(port) },
      DATABASE_URL: await postgres.createDatabase("store"),
    },
  });
  onTestFinished(() => celeriac.stop());
  await celeriac.waitForOutput("Celeriac is at");
  return { redis, project, worker, celeriac, api: `http://127.0.0.1:${port}/api/v1` };
}

test("2,000 random posts crash nothing, and only valid requests reach the broker", {
  timeout: TIMEOUT_MS,
}, async () => {
  const { redis, project, worker, celeriac, api } = await startAll();
  // What is sent before the collector listens it would never know.
  await waitFor(async () => (await fetch(`${api}/workers/${worker.hostname}`)).ok);
  const [done = "", waiting = ""] = await project.send([
    { task: ECHO },
    { task: ECHO, options: { countdown: 36_000 } },
  ]);
  for (const id of [done, waiting]) await waitFor(async () => (await fetch(`${api}/tasks/${id}`)).ok);
  const { snapshot = "" } = await postJson(api, "/redispatches/preview", { ids: [done] });
  const names = {
    hostname: worker.hostname,
    texts: [done, waiting, snapshot, randomUUID(), "mail", "no.such.task", "7"],
  };

  const recording = await recordRedisCommands(redis.port);
  onTestFinished(() => recording.stop());
  const posts = fc.sample(randomPosts(names), { numRuns: POSTS, seed: 20_261_127 });
  const statuses = await postAll(api, posts);

  expect(statuses.filter(({ status }) => status === 500 || status > 504)).toEqual([]);
  expect(celeriac.output()).not.toContain("request failed");
  expect(celeriac.hasExited()).toBe(false);
  const count = (status: number) => statuses.filter((answer) => answer.status === status).length;
  for (const status of [200, 400, 404, 409]) expect([status, count(status) > 20]).toEqual([status, true]);
  const paths = new Set(posts.map(({ path }) => path));
  expect([...paths].sort()).toEqual(listPostPaths());

  const sent = recording.list("publish").filter(([, channel]) => channel?.endsWith("celery.pidbox"));
  expect(sent.flatMap(([, , envelope = ""]) => findControlDefects(envelope))).toEqual([]);
  const methods = new Set(sent.map(([, , envelope = ""]) => readMethod(envelope)));
  expect([...methods]).toEqual(expect.arrayContaining(REACHED));
  expect(methods).not.toContain("shutdown");
  // A batch of the random posts may have been cancelled by another one.
  const again = await postJson(api, "/redispatches/preview", { ids: [done], includeRedispatched: true });
  await postJson(api, "/redispatches", { snapshot: again.snapshot });
  const pushed = await waitFor(() => {
    const tasks = listPushedTasks(recording);
    return tasks.length > 0 && tasks;
  });
  expect(pushed.flatMap(findEnvelopeDefects)).toEqual([]);

  const [last = ""] = await project.send([{ task: ECHO }]);
  await waitFor(() => project.listRecordedCalls().some(({ id }) => id === last));
  const ping = await post(api, {
    url: `/workers/${worker.hostname}/ping`,
    contentType: null,
    body: Buffer.of(),
  });
  expect([ping.status, await ping.json()]).toEqual([200, { reply: "pong", note: null }]);
  expect(worker.hasExited()).toBe(false);

  const target = encodeURIComponent(worker.hostname);
  const recorded = await (await fetch(`${api}/actions?target=${target}&limit=200`)).json();
  const actions = actionPageSchema.parse(recorded).items;
  expect(actions[0]).toMatchObject({ action: "ping", actor: "local", result: "pong", succeeded: true });
  expect(actions.filter(({ result }) => result === null)).toEqual([]);
});

/** What was put into queues: replies, and the placeholder of the list that they come to, are no tasks. */
function listPushedTasks(recording: RedisRecording): string[] {
  return recording
    .list("lpush", "rpush")
    .flatMap(([, key = "", ...values]) => (key.endsWith(".reply") ? [] : values));
}

function listPostPaths(): string[] {
  return ENDPOINTS.flatMap(({ method, path }) => (method === "post" ? [path] : [])).sort();
}

async function postAll(api: string, posts: readonly RandomPost[]) {
  const statuses: { status: number; path: string; body: string; message: string }[] = [];
  const queue = [...posts];
  const work = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const random = next;
      // A kept connection may be closed, as idle, while we write to it; a server that ended refuses the second, too.
      const answer = await post(api, random).catch(() => post(api, random));
      const body = new TextDecoder().decode(next.body.slice(0, 200));
      statuses.push({
        status: answer.status,
        path: next.url,
        body,
        message: (await answer.text()).slice(0, 200),
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return statuses;
}

function post(api: string, { url, contentType, body }: Omit<RandomPost, "path">): Promise<Response> {
  return fetch(api + url, {
    method: "POST",
    redirect: "manual",
    headers: { "sec-fetch-site": "same-origin", ...(contentType && { "content-type": contentType }) },
    body,
  });
}

async function postJson(api: string, url: string, value: unknown): Promise<Record<string, string>> {
  const body = Uint8Array.from(Buffer.from(JSON.stringify(value)));
  const answer = await post(api, { url, contentType: "application/json", body });
  expect([url, answer.ok]).toEqual([url, true]);
  return answer.json();
}

function readMethod(envelope: string): unknown {
  return JSON.parse(Buffer.from(JSON.parse(envelope).body, "base64").toString()).method;
}
