import { expect, test } from "vitest";
import type { BrokerStatus } from "@/lib/broker/broker";
import { openBroker } from "@/lib/broker/open";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import type { OwnBroker } from "./broker-fixture";
import { createEchoTask } from "./create-echo-task";
import { listEventTypes } from "./list-event-types";

const NO_HINTS = { queueNames: [], sentAt: () => null };

/** Tests of the port with a broker that is killed and brought back. */
export function describeOutage(start: () => Promise<OwnBroker>): void {
  test("is killed: calls fail soon while it is away, and all is live again within 5 s of its return", async () => {
    const environment = await ensurePythonEnvironment("newest");
    const server = await start();
    const project = await createTestProject({
      environment,
      brokerUrl: server.url,
      brokerOptions: server.options,
    });
    await server.createQueue("orders");
    const broker = openBroker(server);
    const end = new AbortController();
    const types: string[] = [];
    const changes: BrokerStatus[] = [];
    broker.onStatusChange((status) => changes.push(status));
    await broker.subscribeEvents((body) => types.push(...listEventTypes(body)), end.signal);
    await broker.sample(NO_HINTS);

    const killedAt = Date.now();
    await server.kill();
    await waitFor(() => !broker.getStatus().connected && broker.getStatus().error);
    expect(broker.getStatus().since).toBeGreaterThanOrEqual(killedAt - 100);
    const calls = [
      () => broker.sample(NO_HINTS),
      () => broker.control(createControlRequest({ method: "ping" }), { timeoutMs: 1_000 }),
      () => broker.publishTasks([createEchoTask("orders")], null),
      () => broker.getDispatchProgress("7"),
    ];
    for (const call of calls) {
      const callMs = startStopwatch();
      await expect(call()).rejects.toMatchObject({ code: "broker_unavailable" });
      expect(callMs()).toBeLessThan(2_500);
    }

    await server.restart();
    const backMs = startStopwatch();
    await waitFor(() => broker.getStatus().connected);
    expect(backMs()).toBeLessThan(5_000);
    await broker.sample(NO_HINTS);
    expect(await broker.publishTasks([createEchoTask("orders")], null)).toEqual([]);
    await project.send([{ task: "test_project.tasks.echo", options: { queue: "orders" } }]);
    await waitFor(() => types.includes("task-sent"));
    expect(changes.some((status) => !status.connected && status.error !== null)).toBe(true);

    end.abort();
    await broker.close();
    await project.stop();
    await server.stop();
  });
}
