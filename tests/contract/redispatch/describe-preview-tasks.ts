import { describe, expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { getPreviewTask } from "@/lib/redispatch/get-preview-task";
import { previewPatch } from "@/lib/redispatch/preview-patch";
import { readPatch } from "@/lib/redispatch/read-patches";
import { getBatch } from "@/lib/store/batches";
import { listBlockedItems } from "@/lib/store/draft-items";
import { FAILED, MANY } from "./failed-rows";
import type { PreviewStage } from "./preview-stage";

/** Tests of what a preview shows of single tasks and of changes to them, on a stage with the failed rows. */
export function describePreviewTasks(getStage: () => PreviewStage): void {
  describe("of its tasks", () => {
    test("lists what one reason blocks, page after page", async () => {
      const stage = getStage();
      const { snapshot } = await stage.preview({ filter: FAILED });
      const list = async (afterPosition: number) =>
        listBlockedItems(stage.store, snapshot, { reason: "lossy-args", afterPosition, limit: 3 });
      const first = await list(-1);
      const second = await list(first.at(-1)?.position ?? 0);
      expect([first.length, second.length]).toEqual([3, 2]);
      const ids = new Set([...first, ...second].map(({ originalId }) => originalId));
      expect(ids.size).toBe(5);
      expect(ids).toContain("long-lossy");
      expect(
        await listBlockedItems(stage.store, "gone", { reason: "lossy-args", afterPosition: -1, limit: 3 }),
      ).toEqual([]);
    });

    test("a patch is tried on the ready rows of its name", async () => {
      const stage = getStage();
      const { snapshot } = await stage.preview({ filter: { ...FAILED, name: ["shop.pay", "shop.mail"] } });
      const patch = readPatch({ set: {}, rename: { amount: "total" }, remove: [] }, "patch");
      await stage.store.client.batchItem.updateMany({
        where: { batchId: snapshot, originalId: "many-7" },
        data: { fingerprint: "FAILURE@1" },
      });
      const preview = await previewPatch(stage, { snapshot, name: "shop.pay" }, patch);
      expect(preview).toMatchObject({ ready: MANY + 2, changed: MANY - 1, unchanged: 1, stale: 1 });
      expect(preview.conflicts).toEqual(new Map([["total", { count: 1, exampleIds: ["conflict"] }]]));
      expect(preview.examples).toHaveLength(5);
      const [example] = preview.examples;
      expect(example && [example.before, example.after].map(writeWireJson)).toEqual([
        '{"amount": 1.50, "who": "é"}',
        '{"total": 1.50, "who": "é"}',
      ]);
      const blocked = await previewPatch(stage, { snapshot, name: "shop.mail" }, patch);
      expect(blocked).toMatchObject({ ready: 1, changed: 1 });
      const gone = await previewPatch(stage, { snapshot: "no-such", name: "shop.pay" }, patch);
      expect(gone).toMatchObject({ ready: 0, changed: 0 });
    });

    test("one task of it is told with what is stored of its args, and why it is blocked", async () => {
      const stage = getStage();
      const { snapshot } = await stage.preview({ ids: ["lossy-1", "bare", "nobody"] });
      expect(await getPreviewTask(stage, snapshot, "lossy-1")).toMatchObject({
        task: { originalId: "lossy-1", name: "shop.mail", queue: "routed", reason: "lossy-args" },
        args: { args: "('abc...',)", argsClass: "lossy", reason: expect.stringContaining("may have cut it") },
      });
      expect(await getPreviewTask(stage, snapshot, "bare")).toMatchObject({
        task: { name: "shop.told", reason: null },
        args: { args: "(2,)", argsClass: "safe" },
      });
      expect(await getPreviewTask(stage, snapshot, "nobody")).toMatchObject({
        task: { name: null, reason: "gone" },
        args: { args: null, argsClass: "unknown" },
      });
      await expect(getPreviewTask(stage, snapshot, "done")).rejects.toMatchObject({ code: "not_found" });
    });

    test("what is changed of the args is on record with the batch", async () => {
      const stage = getStage();
      const { snapshot } = await stage.preview({ ids: ["without"] });
      const patches = [{ name: "shop.pay", set: { n: "1.0" }, rename: { a: "b" }, remove: ["c"] }];
      await stage.start(snapshot, { patches, changes: ["shop.pay: a renamed to b"] });
      expect((await getBatch(stage.store, snapshot))?.options).toMatchObject({
        patches,
        changes: ["shop.pay: a renamed to b"],
      });
      const other = await stage.preview({ ids: ["without"] }, { includeRedispatched: true });
      const wrong = stage.start(other.snapshot, { patches: [{ ...patches[0], set: { n: "***" } } as never] });
      await expect(wrong).rejects.toMatchObject({ code: "bad_request" });
      expect((await getBatch(stage.store, other.snapshot))?.state).toBe("draft");
    });
  });
}
