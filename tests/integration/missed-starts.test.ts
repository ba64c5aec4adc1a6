import { expect, onTestFinished, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { decodeEventMessage } from "@/lib/celery/events/decode-event-message";
import { type MissedStarts, StartCount } from "@/lib/collector/start-count";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

const KNOWN = 150;
const UNHEARD = 100;

test("starts of which a real worker's events are lost are found, to the last", {
  timeout: 180_000,
}, async () => {
  const redis = await startRedisServer();
  onTestFinished(() => redis.stop());
  const environment = await ensurePythonEnvironment("newest");
  const project = await createTestProject({ environment, brokerUrl: redis.url });
  onTestFinished(() => project.stop());

  const missed: MissedStarts[] = [];
  const count = new StartCount((one) => missed.push(one));
  const heard = { starts: 0, beats: 0, lost: 0 };
  let isDeaf = false;
  const broker = openBroker({ url: redis.url });
  onTestFinished(() => broker.close());
  await broker.subscribeEvents((body, receivedAt) => {
    const { events } = decodeEventMessage(body);
    const starts = events.filter(({ type }) => type === "task-started").length;
    if (isDeaf) heard.lost += starts;
    else count.note(events.map((event) => ({ event, receivedAt })));
    if (!isDeaf) heard.starts += starts;
    heard.beats += events.filter(({ type }) => type === "worker-heartbeat").length;
  }, new AbortController().signal);
  await project.startWorker({ name: "counted", concurrency: 2 });

  const call = { task: "test_project.tasks.echo" };
  const beat = async () => {
    const before = heard.beats;
    await waitFor(() => heard.beats > before);
  };
  await project.send(Array.from({ length: KNOWN }, () => call));
  await waitFor(() => heard.starts === KNOWN);
  await beat();
  isDeaf = true;
  await project.send(Array.from({ length: UNHEARD }, () => call));
  await waitFor(() => heard.lost === UNHEARD);
  isDeaf = false;
  await beat();
  expect(missed).toEqual([]);
  await project.send([call, call]);
  await waitFor(() => heard.starts === KNOWN + 2);
  await waitFor(() => missed.length > 0);
  expect(missed.map((one) => one.count)).toEqual([UNHEARD]);
});
