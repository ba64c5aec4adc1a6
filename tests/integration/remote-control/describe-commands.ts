import { describe, expect, test } from "vitest";
import { arrayOf } from "@/lib/celery/wire-fields";
import { getTask } from "@/lib/store/tasks";
import { waitFor } from "@/tests/support/wait-for";
import type { ControlledWorker } from "./controlled-worker";

const ECHO = "test_project.tasks.echo";
const SLEEP = "test_project.tasks.sleep";

/** Tests of commands to the worker, and of what it does then. */
export function describeCommands(getControlled: () => ControlledWorker): void {
  describe("commands", () => {
    test("a worker says that it is there and what it is made of", async () => {
      const { stage, name } = getControlled();
      expect(await stage.command(name, "ping")).toBe("pong");
      const report = await stage.command(name, "report");
      expect(report).toContain("celery:5.7.0");
      expect(report).not.toContain("guest:guest@");
    });

    test("events are switched on, off and on again", async () => {
      const worker = getControlled();
      const { stage, name } = worker;
      expect(await stage.command(name, "enable-events")).toBe("task events enabled");
      const [seen = ""] = await stage.send(ECHO);
      await stage.waitForState(seen, "SUCCESS");
      expect(await stage.command(name, "disable-events")).toBe("task events disabled");
      const [unseen = ""] = await stage.send(ECHO);
      await waitFor(async () => stage.hasRun(unseen) && (await worker.listActive()).length === 0);
      expect(await stage.command(name, "enable-events")).toBe("task events enabled");
      const [again = ""] = await stage.send(ECHO);
      await stage.waitForState(again, "SUCCESS");
      expect(await getTask(stage.store, unseen)).toBeNull();
    });

    test("the pool grows and shrinks by processes, but not to none", async () => {
      const { stage, name } = getControlled();
      const before = await stage.listProcesses(name);
      expect(before).toHaveLength(2);
      expect(await stage.command(name, "pool-grow", { n: 2 })).toBe("pool will grow");
      await waitFor(async () => (await stage.listProcesses(name)).length === 4);
      expect(await stage.countSlots(name)).toBe(4);
      expect(await stage.command(name, "pool-shrink", { n: 2 })).toBe("pool will shrink");
      await waitFor(async () => (await stage.listProcesses(name)).length === 2);
      await expect(stage.command(name, "pool-shrink", { n: 2 })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("2 fewer would leave none"),
      });
      expect(await stage.listProcesses(name)).toHaveLength(2);
    });

    test("a refusal comes in the worker's words", async () => {
      const { stage, name } = getControlled();
      await expect(stage.command(name, "autoscale", { min: 1, max: 3 })).rejects.toMatchObject({
        code: "conflict",
        message: `${name} refused: Autoscale not enabled`,
      });
      await expect(stage.command(name, "rate-limit", { name: "no.such", rate: 1 })).rejects.toMatchObject({
        code: "conflict",
        message: `${name} refused: unknown task`,
      });
      expect(await stage.listProcesses(name)).toHaveLength(2);
    });

    test("a queue is consumed, no longer, and again", async () => {
      const worker = getControlled();
      const { stage, name } = worker;
      expect(await stage.command(name, "add-consumer", { queue: "extra" })).toBe("add consumer extra");
      await waitFor(async () => (await worker.listConsumed()).includes("extra"));
      const [taken = ""] = await stage.send(ECHO, { queue: "extra" });
      await waitFor(() => stage.hasRun(taken));
      expect(await stage.command(name, "cancel-consumer", { queue: "extra" })).toBe(
        "no longer consuming from extra",
      );
      await waitFor(async () => !(await worker.listConsumed()).includes("extra"));
      const [left = ""] = await stage.send(ECHO, { queue: "extra" });
      const [other = ""] = await stage.send(ECHO);
      await waitFor(() => stage.hasRun(other));
      const { queues } = await stage.broker.sample({ queueNames: ["extra"], sentAt: () => null });
      expect(queues.find((queue) => queue.name === "extra")?.depth).toBe(1);
      expect(stage.hasRun(left)).toBe(false);
      await stage.command(name, "add-consumer", { queue: "extra" });
      await waitFor(() => stage.hasRun(left));
    });

    test("no consumer is added for what is no queue: the worker would end of it", async () => {
      const worker = getControlled();
      const { stage, name } = worker;
      await stage.server.spoilQueue("spoiled");
      await expect(stage.command(name, "add-consumer", { queue: "spoiled" })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringMatching(
          /would end of it\. (The key spoiled .* is a string|RabbitMQ: .*x-max-priority)/,
        ),
      });
      for (const queue of ["amq.direct", `${name}.celery.pidbox`, "é".repeat(200)]) {
        await expect(stage.command(name, "add-consumer", { queue })).rejects.toMatchObject({
          code: "bad_request",
        });
      }
      const [id = ""] = await stage.send(ECHO);
      await waitFor(() => stage.hasRun(id));
      expect(worker.process.hasExited()).toBe(false);
    });

    test("a rate limit holds tasks back, and can be taken away", async () => {
      const { stage, name } = getControlled();
      const reply = await stage.command(name, "rate-limit", { name: ECHO, rate: "20/m" });
      expect(reply).toBe("new rate limit set successfully");
      expect(await stage.ask(name, { method: "registered" })).toContain(`${ECHO} [rate_limit=20/m]`);
      const ids = await stage.send(ECHO, { count: 2 });
      for (const id of ids) await stage.waitForState(id, "SUCCESS");
      const records = await Promise.all(ids.map((id) => getTask(stage.store, id)));
      const [first = 0, second = 0] = records.map((record) => record?.startedAt ?? 0).sort();
      expect(second - first).toBeGreaterThan(2_500);
      expect(await stage.command(name, "rate-limit", { name: ECHO, rate: "0/m" })).toBe(
        "rate limit disabled successfully",
      );
      expect(arrayOf(await stage.ask(name, { method: "registered" }))).toContain(`${ECHO} [rate_limit=0]`);
    });

    test("a time limit ends a task once the pool was restarted", async () => {
      const { stage, name } = getControlled();
      const set = (hard: number | null) =>
        stage.command(name, "time-limit", { name: SLEEP, soft: null, hard });
      expect(await set(1)).toBe("time limits set successfully");
      expect(await stage.command(name, "pool-restart")).toBe("reload started");
      const [id = ""] = await stage.send(SLEEP, { args: [60] });
      await stage.waitForState(id, "FAILURE");
      expect(await stage.results.get(id)).toMatchObject({
        status: "FAILURE",
        result: expect.stringContaining("TimeLimitExceeded"),
      });
      await set(null);
      await stage.command(name, "pool-restart");
      await waitFor(async () => (await stage.listProcesses(name)).length === 2);
    });
  });
}
