import { describe, expect, test } from "vitest";
import { revokeByHeaders } from "@/lib/control/revoke-by-headers";
import { revokeTask } from "@/lib/control/revoke-task";
import { listActions } from "@/lib/store/actions";
import { getWorker } from "@/lib/store/workers";
import { startStopwatch } from "@/tests/support/start-stopwatch";
import { waitFor } from "@/tests/support/wait-for";
import type { ControlledWorker } from "./controlled-worker";

const ECHO = "test_project.tasks.echo";
const GIVE = "test_project.tasks.give";
const SLEEP = "test_project.tasks.sleep";
const ACTOR = { actor: "anna", terminate: false, signal: "TERM" } as const;

/** Tests of what the worker tells, an older one, and one that is gone. They end the worker, so they come last. */
export function describeAnswers(getControlled: () => ControlledWorker): void {
  describe("answers", () => {
    test("its page tells what it holds, what it knows and what it is", async () => {
      const worker = getControlled();
      const { stage, name } = worker;
      const [id = ""] = await stage.send(SLEEP, { args: [3_600] });
      await stage.waitForState(id, "STARTED");
      await stage.command(name, "rate-limit", { name: GIVE, rate: "10/m" });
      // A process that was killed before may still be on its way out.
      const { detail, processes } = await waitFor(async () => {
        const found = { detail: await worker.getDetail(), processes: await stage.listProcesses(name) };
        return String(found.detail.poolStats?.processes) === String(found.processes) ? found : null;
      });
      await revokeTask(stage.services, { ...ACTOR, id, terminate: true, signal: "KILL" });
      await stage.waitForState(id, "REVOKED");

      const [running, ...others] = detail.held.active.tasks;
      expect(others).toEqual([]);
      expect(running).toMatchObject({ id, name: SLEEP, args: "[3600]", kwargs: "{}", queue: "celery" });
      expect(running?.sinceAt).toBe(running?.startedAt);
      expect(processes).toContain(running?.pid);
      expect(detail.held.reserved).toEqual({ from: "worker", tasks: [], isCut: false });
      // The one that was revoked above: a worker drops it when its time has come.
      const later = { name: ECHO, eta: expect.any(String), sinceAt: expect.any(String), startedAt: null };
      expect(detail.held.scheduled.tasks).toMatchObject([later]);
      expect(detail.revoked).toContain(detail.held.scheduled.tasks[0]?.id);
      expect(detail.poolStats).toEqual({
        ...{ processes, maxTasksPerChild: null, softTimeLimit: null, timeLimit: null, autoscaler: null },
        ...{ canRestart: true, prefetchMultiplier: 1 },
      });
      const limits = { rateLimit: null, softTimeLimit: null, timeLimit: null };
      expect(detail.registeredTasks).toContainEqual({ name: GIVE, ...limits, rateLimit: "10/m" });
      const soft = { name: "test_project.tasks.exceed_soft_limit", ...limits, softTimeLimit: 1 };
      expect(detail.registeredTasks).toContainEqual(soft);
      expect(detail.brokerConnection).toMatch(/^(redis:\/\/|amqp:\/\/guest@)127\.0\.0\.1:\d+\//);
      expect(detail.usage?.userSeconds).toBeGreaterThan(0);
      expect(detail.notes).toEqual([]);
    });

    test("a Celery of 2022 takes the same commands, and is told apart where it can't", async () => {
      const { stage, name } = getControlled();
      const project = await stage.createProject("oldest");
      const old = await project.startWorker({ name: "old", queues: ["old"], args: ["--autoscale", "3,1"] });
      await stage.waitForWorker(old.hostname);
      await expect(stage.command(old.hostname, "pool-grow", { n: 1 })).rejects.toMatchObject({
        message: `${old.hostname} refused: pool_grow is not supported with autoscale. Adjust autoscale range instead.`,
      });
      expect(await stage.command(old.hostname, "autoscale", { min: 3, max: 4 })).toBe(
        "autoscale now max=4 min=3",
      );
      await waitFor(async () => (await stage.listProcesses(old.hostname)).length === 3);

      const [id = ""] = await stage.send(SLEEP, { queue: "old", args: [3_600] });
      await stage.waitForState(id, "STARTED");
      const { reply, replies } = await revokeTask(stage.services, { ...ACTOR, id, terminate: true });
      expect(reply).toBe(`terminate: ${id}`);
      expect(replies).toEqual([
        { hostname: old.hostname, reply },
        { hostname: name, reply: "terminate: tasks unknown" },
      ]);
      await stage.waitForState(id, "REVOKED");

      const outcome = await revokeByHeaders(stage.services, { ...ACTOR, headers: { customer: "5" } });
      expect(outcome.replies).toEqual([
        { hostname: name, reply: expect.stringContaining("{'customer': ['5']}") },
        { hostname: old.hostname, reply: "not asked: it runs Celery 5.2.6, and stamps need 5.3" },
      ]);
      expect(await stage.command(old.hostname, "shutdown")).toBeNull();
      expect(await old.exited).toBe(0);
    });

    test("silence is said, a worker that is gone is not waited for", async () => {
      const worker = getControlled();
      const { stage, name } = worker;
      worker.process.signal("SIGSTOP");
      try {
        await expect(stage.command(name, "ping")).rejects.toMatchObject({
          code: "worker_timeout",
          message: expect.stringContaining(`${name} did not answer within 5 s`),
        });
      } finally {
        worker.process.signal("SIGCONT");
      }
      await waitFor(() => stage.command(name, "ping"));
      expect(await stage.command(name, "shutdown")).toBeNull();
      expect(await worker.process.exited).toBe(0);
      await waitFor(async () => (await getWorker(stage.store, name))?.announced === "offline");
      const refusingMs = startStopwatch();
      await expect(stage.command(name, "ping")).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringMatching(/is offline: it has been silent since \d{4}-/),
      });
      await expect(stage.command("nobody@nowhere", "ping")).rejects.toMatchObject({ code: "not_found" });
      expect(refusingMs()).toBeLessThan(1_000);
      const detail = await worker.getDetail();
      const told = { from: "events", tasks: [], isCut: false };
      expect(detail).toMatchObject({
        ...{ status: "offline", stats: null, registeredTasks: null, poolStats: null, concurrency: 2 },
        held: { active: told, reserved: told },
        registered: expect.arrayContaining([ECHO]),
        notes: ["The worker is offline, so it was not asked."],
      });
    });

    test("everything that was sent is on record, with what came of it", async () => {
      const { stage, name } = getControlled();
      const actions = await listActions(stage.store, { target: name, limit: 200, after: null });
      expect(actions.at(-1)).toMatchObject({
        actor: "anna",
        action: "ping",
        result: "pong",
        succeeded: true,
      });
      expect(actions).toContainEqual(
        expect.objectContaining({ action: "pool-grow", request: { n: 2 }, result: "pool will grow" }),
      );
      expect(actions).toContainEqual(
        expect.objectContaining({
          action: "autoscale",
          succeeded: false,
          result: expect.stringContaining("Autoscale not enabled"),
        }),
      );
      expect(actions.every(({ result }) => result !== null)).toBe(true);
    });
  });
}
