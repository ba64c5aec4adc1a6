import { describe, expect, test } from "vitest";
import { readScheduledTasks } from "@/lib/celery/control/read-task-infos";
import { revokeByHeaders } from "@/lib/control/revoke-by-headers";
import { revokeTask } from "@/lib/control/revoke-task";
import { getTaskHistory } from "@/lib/history/get-task-history";
import { waitFor } from "@/tests/support/wait-for";
import { isAlive } from "./control-stage";
import type { ControlledWorker } from "./controlled-worker";

const ECHO = "test_project.tasks.echo";
const SLEEP = "test_project.tasks.sleep";
const ACTOR = { actor: "anna", terminate: false, signal: "TERM" } as const;

/** Tests of what a revoked task comes to, and of those that are not revoked. */
export function describeRevoking(getControlled: () => ControlledWorker): void {
  describe("revoking", () => {
    test("a queued task and one with an eta are revoked, and the worker remembers", async () => {
      const worker = getControlled();
      const { stage, name } = worker;
      const [queued = "", delayed = ""] = await stage.project.send([
        { task: ECHO, options: { queue: "later" } },
        { task: ECHO, options: { countdown: 3_600 } },
      ]);
      await stage.waitForState(queued, "PENDING");
      await stage.waitForState(delayed, "RECEIVED");
      const scheduled = readScheduledTasks(await stage.ask(name, { method: "scheduled" }));
      expect(scheduled?.map(({ request }) => request.id)).toEqual([delayed]);
      expect(await worker.isHeld(delayed)).toBe(true);
      for (const id of [queued, delayed]) {
        const { reply, replies } = await revokeTask(stage.services, { ...ACTOR, id });
        expect(reply).toBe(`tasks {'${id}'} flagged as revoked`);
        expect(replies).toEqual([{ hostname: name, reply }]);
      }
      expect(await stage.ask(name, { method: "revoked" })).toEqual(expect.arrayContaining([queued, delayed]));
      await stage.command(name, "add-consumer", { queue: "later" });
      await stage.waitForState(queued, "REVOKED");
      expect(stage.hasRun(queued)).toBe(false);
      expect(stage.hasRun(delayed)).toBe(false);
    });

    test("a running task is terminated: its process ends, and its row is kept", async () => {
      const worker = getControlled();
      const { stage } = worker;
      const [id = ""] = await stage.send(SLEEP, { args: [3_600] });
      await stage.waitForState(id, "STARTED");
      const running = await waitFor(async () => (await worker.listActive()).find((task) => task.id === id));
      expect(await worker.isHeld(id)).toBe(true);
      expect(isAlive(running.pid ?? 0)).toBe(true);
      const { reply } = await revokeTask(stage.services, { ...ACTOR, id, terminate: true, signal: "KILL" });
      expect(reply).toBe(`terminate: ${id}`);
      await waitFor(() => !isAlive(running.pid ?? 0));
      await stage.waitForState(id, "REVOKED");
      expect(await worker.isHeld(id)).toBe(false);
      const task = await getTaskHistory(stage.services, id, []);
      expect(task).toMatchObject({
        state: "REVOKED",
        keptRows: [{ state: "STARTED", name: SLEEP, args: "[3600]" }],
      });
      // Its place was taken by another, which works.
      const [next = ""] = await stage.send(ECHO);
      await waitFor(() => stage.hasRun(next));
    });

    test("a task that has ended is not revoked, nor one that nobody knows", async () => {
      const { stage, name } = getControlled();
      const [id = ""] = await stage.send(ECHO, { args: ["kept"] });
      await stage.waitForState(id, "SUCCESS");
      const row = await stage.results.get(id);
      expect(row?.status).toBe("SUCCESS");
      for (const terminate of [false, true]) {
        await expect(revokeTask(stage.services, { ...ACTOR, id, terminate })).rejects.toMatchObject({
          code: "conflict",
          message: expect.stringContaining("has ended (SUCCESS)"),
        });
        await expect(revokeTask(stage.services, { ...ACTOR, id: "nobody", terminate })).rejects.toMatchObject(
          {
            code: "not_found",
          },
        );
      }
      const revoked = await stage.ask(name, { method: "revoked" });
      for (const refused of [id, "nobody"]) expect(revoked).not.toContain(refused);
      expect(await stage.results.get(id)).toEqual(row);
      expect(await stage.results.get("nobody")).toBeNull();
      expect((await getTaskHistory(stage.services, id, []))?.keptRows).toEqual([]);
    });

    test("tasks are revoked by their stamps", async () => {
      const { stage } = getControlled();
      const headers = { customer: ["7", "9"] };
      const { reply } = await revokeByHeaders(stage.services, { ...ACTOR, headers });
      expect(reply).toBe("headers {'customer': ['7', '9']} flagged as revoked, but not terminated");
      const [revoked = "", runs = ""] = await stage.project.send(
        ["7", "8"].map((customer) => ({ task: ECHO, options: { stamped_headers: ["customer"], customer } })),
      );
      await stage.waitForState(revoked, "REVOKED");
      await stage.waitForState(runs, "SUCCESS");
      expect(stage.hasRun(revoked)).toBe(false);
    });
  });
}
