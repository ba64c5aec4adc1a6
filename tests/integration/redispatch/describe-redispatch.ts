import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PythonSet } from "@/tests/support/ensure-python-environment";
import { COUNT, expectSameCalls, FAILED, type FailedTasks, failTasks } from "./failed-tasks";
import { redispatch, sentOf } from "./redispatch-failed";
import { RetryStage } from "./retry-stage";
import type { VariedCall } from "./varied-calls";

/** Tests of what a re-dispatch sends, on one Celery; `readsTyped`: its workers understand kombu's typed values. */
export function describeRedispatch(set: PythonSet, { readsTyped }: { readonly readsTyped: boolean }): void {
  describe(`tasks that failed on the ${set} Celery are sent again over HTTP`, () => {
    let stage: RetryStage;
    let failed: FailedTasks;
    beforeAll(async () => {
      stage = await RetryStage.open(set);
      failed = await failTasks(stage, readsTyped);
    });
    afterAll(() => stage?.close());

    function idsThat(survival: VariedCall["survival"]): string[] {
      return [...failed.calls].filter(([, call]) => call.survival === survival).map(([id]) => id);
    }

    test("each arrives exactly as the first time, or is blocked with the reason", async () => {
      const { preview, batch, items } = await redispatch(stage);
      expect(preview).toMatchObject({ total: COUNT, ready: idsThat("ready").length });
      expect(new Map(preview.blocked.map(({ reason, count }) => [reason, count]))).toEqual(
        new Map([
          ["lossy-args", idsThat("lossy-args").length],
          ["typed-args", idsThat("typed-args").length],
        ]),
      );
      expect(batch).toMatchObject({ total: COUNT, dispatched: preview.ready, failed: 0, error: null });
      expect(new Set(sentOf(items).map((item) => item.originalId))).toEqual(new Set(idsThat("ready")));
      const reasons = items
        .filter((item) => item.status === "skipped")
        .map((item) => [item.originalId, item.reason]);
      expect(new Map(reasons as [string, string][])).toEqual(
        new Map(
          [...failed.calls]
            .filter(([, call]) => call.survival !== "ready")
            .map(([id, call]) => [id, call.survival]),
        ),
      );
      expectSameCalls(stage, failed, sentOf(items));
      expect(stage.project.listRecordedCalls()).toHaveLength(COUNT + preview.ready);
    });

    test(`typed values ${readsTyped ? "arrive when they are confirmed" : "stay blocked: this worker can't read them"}`, async () => {
      const { preview, items } = await redispatch(stage, { confirmTyped: true });
      const typed = idsThat("typed-args");
      expect(preview.ready).toBe(readsTyped ? typed.length : 0);
      expect(new Set(sentOf(items).map((item) => item.originalId))).toEqual(new Set(readsTyped ? typed : []));
      expectSameCalls(stage, failed, sentOf(items));
    });

    test("a second re-dispatch of the same filter sends nothing", async () => {
      const before = stage.project.listRecordedCalls().length;
      const { preview, batch } = await redispatch(stage);
      expect(preview).toMatchObject({ total: COUNT, ready: 0 });
      expect(batch).toMatchObject({ total: COUNT, dispatched: 0, skipped: COUNT });
      expect(stage.project.listRecordedCalls()).toHaveLength(before);
      await expect(stage.create(FAILED, preview.snapshot)).rejects.toThrow("409");
      for (const move of ["pause", "resume", "cancel"] as const) {
        await expect(stage.move(batch.id, move)).rejects.toThrow(/409: .*The batch is done/);
      }
    });
  });
}
