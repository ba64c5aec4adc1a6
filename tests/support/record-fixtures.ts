// Records what real Celery processes say, as fixtures for unit tests. Run by hand, see tests/fixtures/README.md:
// npx tsx tests/support/record-fixtures.ts oldest|newest|<an interpreter with another Celery>
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import type { ControlCall } from "@/lib/celery/control/control-arguments";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { encodeControlMessage } from "@/lib/celery/control/encode-control-message";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { DEFAULT_PRIORITY_OPTIONS, listPriorityQueueKeys } from "@/lib/celery/virtual/priority-queue-key";
import { anonymiseEnvelope } from "./anonymise-envelope";
import { ensurePythonEnvironment } from "./ensure-python-environment";
import { RECORDED_QUESTIONS } from "./read-fixture";
import { REPOSITORY_ROOT } from "./repository-root";
import { runCommand } from "./run-command";
import { startCeleryWorker } from "./start-celery-worker";
import { startRedisServer } from "./start-redis-server";
import { waitFor } from "./wait-for";

const FOLDER = join(REPOSITORY_ROOT, "tests/support/python");
const CONTROL_CHANNEL = "/0.celery.pidbox";
const REPLY_KEY = "fixtures.reply";
/** Attempts that end in `wire_project.run run`: nine tasks, of which one is tried twice. */
const ENDS = 10;
const END = /"type": "task-(?:succeeded|failed|retried|revoked|rejected)"/g;

/** A private broker and the Celery under record. */
interface Recorder {
  readonly python: string;
  readonly redis: Redis;
  readonly env: Readonly<Record<string, string>>;
  run(...module: string[]): Promise<string>;
}

const choice = process.argv[2] ?? "newest";
await record(
  choice === "oldest" || choice === "newest" ? (await ensurePythonEnvironment(choice)).python : choice,
);

async function record(python: string): Promise<void> {
  const server = await startRedisServer();
  const redis = new Redis(server.url);
  const env = { CELERY_BROKER_URL: server.url, PYTHONDONTWRITEBYTECODE: "1" };
  const run = (...module: string[]) => runCommand(python, ["-m", ...module], { cwd: FOLDER, env });
  const recorder = { python, redis, env, run };
  try {
    const { celery, cases } = JSON.parse(await run("wire_project.publish"));
    const folder = join(REPOSITORY_ROOT, `tests/fixtures/celery-${celery}`);
    mkdirSync(folder, { recursive: true });
    const save = (name: string, value: unknown) =>
      writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(value, null, 1)}\n`);
    save("task-messages", await takeTaskMessages(recorder, cases));
    save("event-messages", await recordEvents(recorder));
    const { requests, replies } = await recordControl(recorder);
    save("control-requests", requests);
    save("control-replies", replies);
  } finally {
    redis.disconnect();
    await server.stop();
  }
}

/** The envelopes of each case, the oldest first. */
async function takeTaskMessages(
  { redis, python }: Recorder,
  cases: string[],
): Promise<Record<string, string[]>> {
  const messages: Record<string, string[]> = {};
  for (const name of cases) {
    const keys = listPriorityQueueKeys(name, DEFAULT_PRIORITY_OPTIONS);
    const lists = await Promise.all(keys.map((key) => redis.lrange(key, 0, -1)));
    messages[name] = lists.flatMap((list) => list.reverse()).map((text) => anonymiseEnvelope(text, python));
  }
  return messages;
}

/** All event messages from a worker's start to its end, with one task of each fate. */
async function recordEvents(recorder: Recorder): Promise<string[]> {
  const { messages, stop } = await subscribe(recorder, "/0.celeryev*");
  const worker = await startWorker(recorder);
  await recorder.run("wire_project.run", "run");
  const countEnds = () => messages.map(bodyOf).join().match(END)?.length ?? 0;
  await waitFor(() => countEnds() >= ENDS, {
    timeoutMs: 60_000,
    what: () => `${ENDS} ends, ${countEnds()} came`,
  });
  await worker.stop();
  await waitFor(() => messages.some((text) => bodyOf(text).includes("worker-offline")), {
    what: "the worker's end",
  });
  stop();
  return messages.map((text) => anonymiseEnvelope(text, recorder.python));
}

/** What Celery's own client asks, and what a worker that holds tasks answers to us, by command. */
async function recordControl(recorder: Recorder) {
  const { redis, python } = recorder;
  const worker = await startWorker(recorder);
  await recorder.run("wire_project.run", "hold");
  const { messages, stop } = await subscribe(recorder, CONTROL_CHANNEL);
  await recorder.run("wire_project.run", "inspect");
  stop();
  const requests = messages.map((text) => [JSON.parse(bodyOf(text)).method, anonymiseEnvelope(text, python)]);
  const replies: Record<string, string> = {};
  for (const method of RECORDED_QUESTIONS) {
    const call: ControlCall =
      method === "query_task" ? { method, arguments: { ids: ["h-0", "h-3"] } } : { method };
    const message = encodeControlMessage(createControlRequest(call), {
      ticket: `ticket-${method}`,
      replyTo: { exchange: "", routingKey: REPLY_KEY },
      clock: 1,
      expiresAt: Date.now() + 10_000,
    });
    const delivery = { exchange: "celery.pidbox", routingKey: "", deliveryTag: `tag-${method}` };
    await redis.publish(CONTROL_CHANNEL, encodeVirtualEnvelope(message, delivery));
    const reply = await redis.brpop(REPLY_KEY, 10);
    if (reply === null) throw new Error(`no reply to ${method}`);
    replies[method] = anonymiseEnvelope(reply[1], python);
  }
  await worker.kill();
  return { requests: Object.fromEntries(requests), replies };
}

async function startWorker({ python, env }: Recorder) {
  const options = { python, folder: FOLDER, app: "wire_project.app", name: "w1", env };
  const worker = await startCeleryWorker({ ...options, args: ["-E"] });
  await worker.waitUntilReady();
  return worker;
}

async function subscribe({ redis }: Recorder, pattern: string) {
  const messages: string[] = [];
  const subscriber = redis.duplicate();
  subscriber.on("pmessage", (_pattern, _channel, text: string) => messages.push(text));
  await subscriber.psubscribe(pattern);
  return { messages, stop: () => subscriber.disconnect() };
}

function bodyOf(envelope: string): string {
  return Buffer.from(JSON.parse(envelope).body, "base64").toString("utf8");
}
