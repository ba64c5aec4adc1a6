import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { type RabbitmqServer, startRabbitmqServer } from "@/tests/support/start-rabbitmq-server";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import { openVirtualHost } from "./broker-fixture";
import { createEchoTask } from "./create-echo-task";
import { describeOutage } from "./describe-outage";

let server: RabbitmqServer;

beforeAll(async () => {
  server = await startRabbitmqServer();
});

afterAll(() => server.stop());

describeOutage(async () => ({
  ...(await openVirtualHost(server)),
  kill: server.kill,
  restart: server.restart,
}));

test("what was not confirmed when the broker went may have been sent, and is told so", async () => {
  const host = await openVirtualHost(server);
  await host.createQueue("jobs");
  const broker = openBroker(host);
  onTestFinished(() => broker.close());
  expect(await broker.publishTasks([createEchoTask("jobs")], null)).toEqual([]);
  server.signal("SIGSTOP");
  const silentMs = startStopwatch();
  const sending = broker.publishTasks([createEchoTask("jobs"), createEchoTask("jobs")], null);
  await expect(sending).resolves.toMatchObject([
    { index: 0, fate: "unknown" },
    { index: 1, fate: "unknown" },
  ]);
  // A server that answers nothing is noticed well before its heartbeat fails.
  await waitFor(() => !broker.getStatus().connected);
  expect(silentMs()).toBeLessThan(10_000);
  server.signal("SIGCONT");
  await waitFor(() => broker.getStatus().connected);
  expect(await broker.publishTasks([createEchoTask("jobs")], null)).toEqual([]);
});
