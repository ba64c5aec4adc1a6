import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "amqplib";

export const EVENTS_PER_SECOND = 500;
export const EVENTS_A_TASK = 3;
const BEAT_MS = 60;

/** How a task stands after its three events, in turn. */
const STORIES = [
  { state: "SUCCESS", last: { type: "task-succeeded", clock: 3, result: "None", runtime: 0.1 } },
  { state: "FAILURE", last: { type: "task-failed", clock: 3, exception: "ValueError(1)", traceback: "" } },
  { state: "RETRY", last: { type: "task-retried", clock: 3, exception: "Retry()", traceback: "" } },
  {
    state: "REVOKED",
    last: { type: "task-revoked", clock: 3, terminated: true, signum: 15, expired: false },
  },
  { state: "STARTED", last: { type: "task-sent", clock: 0, name: "shop.pay", queue: "celery", retries: 0 } },
] as const;

/** Publishes the events of tasks, three each, at 500 a second until `signal` aborts; returns the state of each task's id. */
export async function publishTaskEvents(url: string, signal: AbortSignal): Promise<Map<string, string>> {
  const model = await connect(url);
  const channel = await model.createConfirmChannel();
  const states = new Map<string, string>();
  const startedAt = performance.now();
  while (!signal.aborted) {
    const due = ((performance.now() - startedAt) / 1_000) * (EVENTS_PER_SECOND / EVENTS_A_TASK);
    while (states.size < due) publishTask();
    await delay(BEAT_MS);
  }
  await channel.waitForConfirms();
  await model.close();
  return states;

  function publishTask() {
    const uuid = randomUUID();
    const { state, last } = STORIES[states.size % STORIES.length] ?? STORIES[0];
    states.set(uuid, state);
    const common = { uuid, hostname: "w@h", timestamp: Date.now() / 1_000, pid: 1, utcoffset: 0 };
    const events = [
      { type: "task-received", clock: 1, name: "shop.pay", args: "()", kwargs: "{}", retries: 0 },
      { type: "task-started", clock: 2 },
      last,
    ];
    for (const event of events) {
      const body = Buffer.from(JSON.stringify({ ...common, ...event }));
      const options = { contentType: "application/json", contentEncoding: "utf-8", deliveryMode: 1 };
      channel.publish("celeryev", event.type.replace("-", "."), body, options);
    }
  }
}
