import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { openBroker } from "@/lib/broker/open";
import { createTestProject } from "@/tests/support/create-test-project";
import { ensurePythonEnvironment } from "@/tests/support/ensure-python-environment";
import { startRedisServer } from "@/tests/support/start-redis-server";
import { waitFor } from "@/tests/support/wait-for";

test.each(["newest", "oldest"] as const)(
  "what a worker of the %s Celery puts back is not taken for new",
  async (set) => {
    const server = await startRedisServer();
    const environment = await ensurePythonEnvironment(set);
    const project = await createTestProject({ environment, brokerUrl: server.url });
    const broker = openBroker({ url: server.url });
    const redis = new Redis(server.port);
    const look = async () => {
      const { queues } = await broker.sample({ queueNames: ["jobs"], sentAt: () => null });
      return queues.find(({ name }) => name === "jobs");
    };

    const worker = await project.startWorker({ name: "leaver", queues: ["jobs"], concurrency: 1 });
    await look();
    const queue = { queue: "jobs" };
    project.setOutage(true);
    const sending = project.send([
      { task: "test_project.tasks.wait", options: queue },
      ...["1", "2", "3"].map((number) => ({
        task: "test_project.tasks.echo",
        args: `(${number},)`,
        options: queue,
      })),
    ]);
    let isSent = false;
    const sent = sending.then(() => {
      isSent = true;
    });
    // The first runs and is acknowledged, the second is held ready, the others wait. Looked at all the while, since what
    // came between two looks that are far apart can't be dated; before all are sent, it may look so with the first unacked.
    const held = await waitFor(async () => {
      const sample = await look();
      return isSent && sample?.depth === 2 && sample.unacked === 1 ? sample : null;
    });
    await sent;
    expect(held).toMatchObject({ oldestWaitingIsMinimum: false });
    const stopping = worker.stop();
    await waitFor(() => worker.output().includes("Warm shutdown"));
    project.setOutage(false);
    await stopping;

    expect(await redis.lindex("jobs", -1)).toContain('"redelivered": true');
    expect(await look()).toMatchObject({ depth: 3, unacked: 0, oldestWaitingIsMinimum: true });
    await redis.rpop("jobs");
    const others = await look();
    expect(others).toMatchObject({ depth: 2, oldestWaitingIsMinimum: false });
    expect(others?.oldestWaitingSeconds).toBeGreaterThan(
      held.oldestWaitingSeconds ?? Number.POSITIVE_INFINITY,
    );

    await broker.close();
    redis.disconnect();
    await project.stop();
    await server.stop();
  },
);
