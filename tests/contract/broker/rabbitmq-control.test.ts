import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { getFreePort } from "@/tests/support/get-free-port";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import { createVirtualHost, type VirtualHost } from "./create-virtual-host";

const PING = createControlRequest({ method: "ping" });

let host: VirtualHost;

beforeEach(async () => {
  host = await createVirtualHost();
});

test("nobody listens on a broker that never had a worker, and that is known at once", async () => {
  const broker = host.open();
  const answerMs = startStopwatch();
  expect(await broker.control(PING, { timeoutMs: 30_000 })).toEqual({ listeners: 0, replies: [] });
  expect(answerMs()).toBeLessThan(5_000);
});

test("without the management API named workers answer at once, and all of them within the time", async () => {
  const environment = await ensurePythonEnvironment("newest");
  const project = await createTestProject({ environment, brokerUrl: host.url });
  onTestFinished(() => project.stop());
  const worker = await project.startWorker({ name: "one", concurrency: 1 });
  const broker = host.open({ managementUrl: `http://127.0.0.1:${await getFreePort()}` });
  const answerMs = startStopwatch();
  const named = createControlRequest({ method: "ping", destination: [worker.hostname, "gone@nowhere"] });
  const answer = await broker.control(named, { timeoutMs: 30_000 });
  expect(answer).toMatchObject({ listeners: 1, replies: [{ hostname: worker.hostname, value: "pong" }] });
  expect(answerMs()).toBeLessThan(5_000);
  const all = await waitFor(async () => {
    const answered = await broker.control(PING, { timeoutMs: 1_500 });
    return answered.replies.length > 0 && answered;
  });
  expect(all).toMatchObject({ listeners: null, replies: [{ hostname: worker.hostname }] });
});
